// A chief types posts in percent and stands by it; editors see it, decide, meet each other, and take it back. It has a demo
// of its own, with a mailbox.
import { readFileSync } from 'node:fs';

import type { Browser, Page } from '@playwright/test';

import { Chief, PAGES, PERSONS, POSTS, TEMPS } from '../support/chief';
import { serveDemo, type Demo } from '../support/demo';
import { unitsOf, type Unit } from '../support/register';
import { accounts, signIn, type Role, type Session } from '../support/staff';
import { audit, expect, test } from '../support/test';

const LIST = '/admin/rattning/vardcentralschefer-2022';
const REASON = 'Vi har dubbla tjänster under hösten.';
const SAVE = 'Spara beslutet';

let demo: Demo;
let unit: Unit;
const sessions: Partial<Record<Role, Session>> = {};

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(600_000);
  demo = await serveDemo('just-opened', {}, ['--mail', 'mailbox']);
  const data = `${demo.place}/data`;
  for (const account of accounts(data)) sessions[account.role] = await signIn(demo.origin, data, account);
  const first = unitsOf(demo.links, 'ordinary').next();
  if (first.done) throw new Error('the demo has no ordinary centre');
  unit = first.value;
});

test.afterAll(async () => demo.stop());

/** Somebody on the staff with a window of their own. */
async function editor(browser: Browser, role: Role, width = 1280): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'sv-SE' });
  const cookie = { name: 'vardenkat', value: sessions[role]?.cookie ?? '', url: demo.origin, httpOnly: true };
  await context.addCookies([cookie]);
  return context.newPage();
}

const question = (page: Page) => page.getByRole('region', { name: /Tjänster i procent/ });

async function openCase(page: Page): Promise<void> {
  await page.goto(`${demo.origin}${LIST}/${unit.key}`);
}

test('a chief types posts in percent, says that it is right, and hands in', async ({ page }) => {
  const chief = new Chief(page, unit);
  await chief.openAwake(PAGES.staffing);
  const rows: [string, string, string][] = [
    ['Specialistläkare i allmänmedicin', '6', '5'],
    ['Undersköterskor', '5', '4,5'],
    ['Dietister', '2', '150'],
  ];
  for (const [row, persons, posts] of rows) {
    await chief.cell(PERSONS, row).fill(persons);
    await chief.type(chief.cell(POSTS, row), posts);
    await chief.cell(TEMPS, row).fill('0');
  }
  await page.getByText('Det stämmer', { exact: true }).first().click();
  await page.getByRole('textbox', { name: /varför/i }).first().fill(REASON);
  await chief.saved(() => chief.press('Stämmer'));
  await audit(page);
  await chief.open('/granska');
  await audit(page);
  await chief.press('Skicka in svaren');
  await expect(page.getByText('Kvittonummer')).toBeVisible();
});

test('the editor finds it on the list, with what it may do to the totals', async ({ browser }) => {
  const page = await editor(browser, 'analyst');
  await page.goto(demo.origin + LIST);
  const clean = page.getByRole('button', { name: 'Rätta nya svar (1)' });
  // The server may have been quicker.
  if (await clean.isVisible()) {
    await audit(page);
    await clean.click();
    await expect(page.getByRole('status')).toBeVisible();
  }
  await expect(page.getByRole('img', { name: 'Kvar att vinna' })).toBeVisible();
  await expect(page.getByText(/kan ändra summan av .* i riket/)).toBeVisible();
  await audit(page);
  await page.getByRole('row', { name: /Tjänster i procent/ }).getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(unit.name);
  await expect(question(page)).toContainText('Chefen fick frågan i enkäten och svarade ”Stämmer”');
  await expect(question(page)).toContainText(REASON);
  await expect(question(page)).toContainText('150 → 1,5');
  await audit(page);
  await page.context().close();
});

for (const width of [320, 1280]) {
  test(`every page of cleaning fits a window of ${width} pixels and is accessible`, async ({ browser }) => {
    const page = await editor(browser, 'analyst', width);
    for (const path of ['', `/${unit.key}`, `/${unit.key}/brev`, '/matt', '?visa=avgjorda', '?visa=tillbaka']) {
      await page.goto(demo.origin + LIST + path);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over, path).toBe(0);
      await audit(page);
    }
    await page.context().close();
  });
}

test('the editor is told what is missing in the form, and keeps what was typed', async ({ browser }) => {
  const page = await editor(browser, 'analyst');
  await openCase(page);
  await question(page).getByRole('radio', { name: 'Egna värden' }).check();
  await question(page).getByText('Skriv egna värden').click();
  await question(page)
    .getByRole('textbox', { name: /Dietister/ })
    .fill('en och annan');
  await page.getByRole('button', { name: SAVE }).click();
  await expect(page.getByRole('alert')).toContainText('går inte att läsa som ett tal');
  await expect(page).toHaveTitle(/^Fel: /);
  await expect(question(page).getByRole('textbox', { name: /Dietister/ })).toHaveValue('en och annan');
  await audit(page);
  await page.context().close();
});

test('a value that the rules would ask about is shown with its effect, and asks to be sure', async ({ browser }) => {
  const page = await editor(browser, 'analyst');
  await openCase(page);
  await question(page).getByText('Skriv egna värden').click();
  const value = question(page).getByRole('textbox', { name: /Dietister/ });
  await value.fill('1,25');
  await page.getByRole('button', { name: 'Visa vad egna värden ger' }).click();
  await expect(question(page)).toContainText('Med dina egna värden:');
  await expect(question(page)).toContainText('+1,25');
  await expect(question(page).getByText('Med dina egna värden:').locator('../..')).toBeFocused();
  await expect(question(page).getByRole('radio', { name: 'Egna värden' })).toBeChecked();
  await audit(page);
  await value.fill('600');
  await question(page).getByRole('textbox', { name: 'Motivering' }).fill('Chefen ringde.');
  await page.getByRole('button', { name: SAVE }).click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expect(page.getByRole('alert')).toContainText('Kontrollera dina egna värden');
  await expect(question(page).getByRole('checkbox', { name: 'Värdena är rätt ändå' })).not.toBeChecked();
  await expect(value).toHaveValue('600');
  await audit(page);
  await page.context().close();
});

test('two editors decide at once: the later sees what the earlier did, and loses nothing', async ({ browser }) => {
  const ada = await editor(browser, 'analyst');
  const bo = await editor(browser, 'administrator');
  await openCase(ada);
  await openCase(bo);

  await test.step('the first decides with the keyboard alone', async () => {
    await question(ada).getByRole('radio').first().focus();
    await ada.keyboard.press('Space');
    await ada.getByRole('button', { name: SAVE }).focus();
    await ada.keyboard.press('Enter');
    await expect(ada.getByRole('status')).toHaveText('Beslutet är sparat.');
    await expect(ada.getByRole('status')).toBeFocused();
    await expect(ada.getByText(/”150” blev 1,5/)).toBeVisible();
    await expect(ada.getByRole('row', { name: /^Dietister/ })).toContainText('1,5');
    await audit(ada);
  });
  await test.step('the other meets the decision', async () => {
    await question(bo).getByRole('radio', { name: /Rätt som det är skrivet/ }).check();
    await question(bo).getByRole('textbox', { name: 'Motivering' }).fill('Chefen ringde.');
    await bo.getByRole('button', { name: SAVE }).click();
    await expect(bo.getByRole('alert')).toContainText('Någon annan hann före');
    await expect(bo.getByRole('alert')).toBeFocused();
    await expect(bo).toHaveTitle(/^Fel: /);
    await expect(bo.getByRole('alert')).toContainText('Chefen ringde.');
    await expect(bo.getByRole('alert')).toContainText('1,5');
    await audit(bo);
  });
  await test.step('and nothing is overwritten', async () => {
    await openCase(bo);
    await expect(bo.getByText(/”150” blev 1,5/)).toBeVisible();
    await expect(question(bo)).toHaveCount(0);
  });
  await ada.context().close();
  await bo.context().close();
});

test('the file of answers has what was decided beside what was typed', async ({ browser }) => {
  const page = await editor(browser, 'analyst');
  await page.goto(`${demo.origin}/admin/data/vardcentralschefer-2022`);
  await audit(page);
  await page.getByRole('radio', { name: 'Båda' }).check();
  await page.getByRole('radio', { name: 'CSV för program' }).check();
  // A data cut is a whole second: what was decided within this one is in the next.
  await expect(async () => {
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Hämta filen' }).click();
    const lines = readFileSync(await (await downloading).path(), 'utf8').split('\n').map(fields);
    const [head, row] = [lines[0], lines.find((line) => line[0] === unit.key)];
    const value = (column: string) => row?.[head?.indexOf(column) ?? -1];
    const suffixes = ['', '__typed', '__status', '__rule'];
    expect(suffixes.map((suffix) => value(`dietitian_fte${suffix}`))).toEqual(['1.5', '150', 'corrected', 'decision']);
  }).toPass();
  await page.context().close();
});

/** The fields of a line of CSV, whose texts hold no line breaks here. */
function fields(line: string): string[] {
  const found = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,"]*))/g);
  return [...found].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '');
}

test('a decision is taken back, and the question stands there again', async ({ browser }) => {
  const page = await editor(browser, 'administrator');
  await openCase(page);
  await page.getByRole('button', { name: 'Ångra beslut 1' }).click();
  await expect(page.getByRole('status')).toHaveText('Beslutet är återtaget.');
  await expect(question(page)).toBeVisible();
  await audit(page);
  await page.goto(`${demo.origin}/admin/logg`);
  await expect(page.getByRole('cell', { name: 'Återtog ett beslut om ett svar' })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Beslutade om ett svar' })).toBeVisible();
  await page.context().close();
});

test('the editor writes to the chief, and the letter has the question and the link', async ({ browser }) => {
  const page = await editor(browser, 'administrator');
  await openCase(page);
  await page.getByRole('link', { name: 'Skriv till chefen' }).click();
  await expect(page.getByRole('textbox', { name: 'Brev' })).toHaveValue(/\{länk\}/);
  await audit(page);
  await page.getByRole('button', { name: 'Skicka brevet' }).click();
  await expect(page.getByRole('status')).toHaveText('Brevet skickas inom kort.');
  await expect(async () => {
    await page.goto(`${demo.origin}/admin/brevlada`);
    await expect(page.getByText(/En fråga om ert svar/)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.context().close();
});

test('without JavaScript a reader sees it all and is offered no decision', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'sv-SE' });
  const cookie = { name: 'vardenkat', value: sessions.reader?.cookie ?? '', url: demo.origin, httpOnly: true };
  await context.addCookies([cookie]);
  const page = await context.newPage();
  await openCase(page);
  await expect(question(page)).toContainText('150 → 1,5');
  await expect(page.getByRole('button', { name: SAVE })).toHaveCount(0);
  await expect(page.getByText('Analytiker och administratörer kan besluta.')).toBeVisible();
  await context.close();
});
