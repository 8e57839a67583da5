// Every state of the page that a chief can bring about, in every mode, held to WCAG 2.2 AA and best practice.
import { AxeBuilder } from '@axe-core/playwright';

import { SWEDISH } from './browser.js';
import { STAFFING } from './vardenkat.js';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const DESKTOP = { width: 1280, height: 900 };

const MODES = {
  '1280 px': { viewport: DESKTOP },
  '320 px': { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true },
  dark: { viewport: DESKTOP, colorScheme: 'dark' },
  'forced colours': { viewport: DESKTOP, forcedColors: 'active' },
};

const STATES = {
  untouched: async (page, link) => {
    await page.goto(link + STAFFING);
    await awake(page);
  },
  'with soft checks': async (page, link) => {
    await page.goto(link + STAFFING);
    await awake(page);
    await write(page, 'gp_specialist_persons', '3');
    await write(page, 'gp_specialist_fte', '150');
    await page.locator('.w').first().waitFor();
    await page.locator('.w summary').first().click();
  },
  'with errors': async (page, link) => {
    await page.goto(link + STAFFING);
    await awake(page);
    await write(page, 'gp_specialist_persons', 'många');
    await page.getByRole('button', { name: 'Spara och fortsätt', exact: true }).click();
    await page.locator('.sum-e').waitFor();
    await awake(page);
  },
  receipt: async (page, link) => {
    await page.goto(`${link}/granska`);
    await page.getByRole('button', { name: 'Skicka in svaren', exact: true }).click();
    await page.waitForURL(/\/kvitto$/);
  },
};

export async function audit(browser, server) {
  const audits = [];
  for (const [state, reach] of Object.entries(STATES)) {
    for (const [mode, options] of Object.entries(MODES)) {
      const context = await browser.newContext({ ...SWEDISH, ...options });
      try {
        const page = await context.newPage();
        await reach(page, server.unusedLink());
        const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
        audits.push({
          state,
          mode,
          violations: violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
          overflow: await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          ),
        });
      } finally {
        await context.close();
      }
    }
  }
  return audits;
}

function awake(page) {
  return page.locator('html.live').waitFor({ state: 'attached' });
}

async function write(page, id, text) {
  const field = page.locator(`#${id}`);
  await field.fill(text);
  await field.blur();
}
