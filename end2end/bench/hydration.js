// What is typed while the island is on its way must stand there when it has woken, and reach the server.
import { slowPhone } from './browser.js';
import { STAFFING } from './vardenkat.js';

const TYPED = { gp_specialist_persons: '12', gp_specialist_fte: '9,75', gp_specialist_temp_fte: '½' };
const PATIENCE = 60_000;

export async function measure(browser, server, times) {
  const failures = [];
  for (let time = 0; time < times; time++) {
    const found = await once(browser, server.unusedLink() + STAFFING);
    if (found) failures.push(found);
  }
  return { times, intact: times - failures.length, failures };
}

async function once(browser, address) {
  const { context, page } = await slowPhone(browser);
  try {
    let release;
    const released = new Promise(resolve => (release = resolve));
    await page.route(/_bg\.wasm$/, async route => {
      await released;
      await route.continue();
    });
    await page.goto(address, { timeout: PATIENCE });
    const fields = Object.entries(TYPED);
    for (const [index, [name, text]] of fields.entries()) {
      // The island wakes while the last one is being typed.
      if (index === fields.length - 1) release();
      await page.locator(`#${name}`).pressSequentially(text, { delay: 30 });
    }
    await page.locator('html.live').waitFor({ state: 'attached', timeout: PATIENCE });
    await page.locator(`#${fields.at(-1)[0]}`).blur();
    const here = await values(page);
    await page.waitForFunction(() => !localStorage.length, undefined, { timeout: PATIENCE });

    const elsewhere = await browser.newContext();
    try {
      const other = await elsewhere.newPage();
      await other.goto(address);
      const there = await values(other);
      const wrong = fields.filter(([name, text]) => here[name] !== text || there[name] !== text);
      return wrong.length ? { here, there } : undefined;
    } finally {
      await elsewhere.close();
    }
  } finally {
    await context.close();
  }
}

function values(page) {
  return page.evaluate(
    names => Object.fromEntries(names.map(name => [name, document.getElementById(name).value])),
    Object.keys(TYPED),
  );
}
