// The follow-up of a round in which 758 of 1 183 have answered: numbers that lead to their centres, tables, and a
// region's own link. It has a demo of its own, answered as the published survey was.
import type { Browser, Page } from '@playwright/test';

import { serveDemo, type Demo } from '../support/demo';
import { press } from '../support/keyboard';
import { accounts, signIn, type Session } from '../support/staff';
import { audit, expect, test } from '../support/test';

const ROUND = 'vardcentralschefer-2022';
const FOLLOW_UP = `/admin/uppfoljning/${ROUND}`;

let demo: Demo;
let administrator: Session;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(600_000);
  demo = await serveDemo('open');
  const data = `${demo.place}/data`;
  const account = accounts(data).find(one => one.role === 'administrator');
  if (!account) throw new Error('the demo has no administrator');
  administrator = await signIn(demo.origin, data, account);
});

test.afterAll(async () => demo.stop());

async function open(page: Page, path: string): Promise<void> {
  const cookie = { name: 'vardenkat', value: administrator.cookie, url: demo.origin, httpOnly: true };
  await page.context().addCookies([cookie]);
  await page.goto(demo.origin + path);
}

/** `1 183` as a number. */
function number(text: string): number {
  return Number(text.replaceAll(/\s/g, ''));
}

const LOOKS = [
  { name: 'on a wide window', use: { viewport: { width: 1280, height: 900 } } },
  { name: 'on a narrow window', use: { viewport: { width: 320, height: 700 } } },
  { name: 'in the dark', use: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' as const } },
];

for (const look of LOOKS) {
  test.describe(look.name, () => {
    test.use(look.use);

    test('the pages fit and are accessible', async ({ page, fits }) => {
      for (const path of [
        FOLLOW_UP,
        `${FOLLOW_UP}?matt=rr3`,
        `${FOLLOW_UP}/grupp?dimension=region&grupp=Region%20Kronoberg&matt=rr2`,
        `${FOLLOW_UP}/enheter?dimension=region&grupp=Region%20Gotland&urval=not_answered`,
        `/admin/tabeller/${ROUND}`,
        `${FOLLOW_UP}/regionlankar`,
      ]) {
        await open(page, path);
        await fits();
        await audit(page);
      }
      await open(page, FOLLOW_UP);
      await page.getByText('Visa talen i en tabell').click();
      await fits();
      await audit(page);
    });
  });
}

test('758 of 1 183 have answered, and the front page leads there', async ({ page }) => {
  await open(page, '/admin');
  await expect(page).toHaveURL(demo.origin + FOLLOW_UP);
  await expect(page.getByText(/758 av 1\s183 har svarat/)).toBeVisible();
  await expect(page.getByText(/Svarsfrekvens: 64\s%/)).toBeVisible();
  await page.getByRole('link', { name: 'RR2', exact: true }).click();
  await expect(page).toHaveURL(`${demo.origin}${FOLLOW_UP}?matt=rr2`);
  await expect(page.getByText('RR2: Inskickade och delvis besvarade')).toBeVisible();
  await expect(page.getByRole('img', { name: 'Svar över tid' })).toBeVisible();
});

test('each number leads to as many centres as it says', async ({ page }) => {
  await open(page, FOLLOW_UP);
  const links = await page
    .locator('main a[href*="/enheter?"]')
    .evaluateAll(found => found.map(link => [link.getAttribute('href') ?? '', link.textContent ?? '']));
  expect(links.length).toBeGreaterThan(100);
  // Every seventh: the server's own tests follow them all.
  for (const [path = '', shown = ''] of links.filter((_, place) => place % 7 === 0)) {
    await page.goto(demo.origin + path);
    const caption = (await page.locator('caption').textContent()) ?? '';
    expect(number(/[\d\s]+/.exec(caption)?.[0] ?? ''), path).toBe(number(shown));
  }
});

test('a region is followed over time beside the whole, with the keyboard alone', async ({ page }) => {
  await open(page, FOLLOW_UP);
  await press(page, page.getByRole('link', { name: 'RR2', exact: true }));
  await press(page, page.getByRole('link', { name: 'Region Kronoberg', exact: true }));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Region Kronoberg: uppföljning av ${ROUND}`);
  await expect(page.getByText(/Svarsfrekvens: 34\s%/)).toBeVisible();
  await expect(page.getByText(/Alla tillsammans: 64\s%\. RR2: /)).toBeVisible();
  const chart = page.getByRole('img', { name: 'Svar över tid' });
  await expect(chart).toHaveAccessibleName(/Den tunna linjen visar alla tillsammans/);
  await press(page, page.getByText('Visa talen i en tabell'));
  const table = page.getByRole('table', { name: 'Svar per dag' });
  await expect(table.getByRole('columnheader', { name: 'Alla tillsammans' })).toBeVisible();
  const last = table.getByRole('row').last().getByRole('link').last();
  const total = number((await last.textContent()) ?? '');
  await press(page, last);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Svarade till och med .*: Region Kronoberg$/);
  await expect(page.locator('caption')).toHaveText(`${total} enheter`);
});

test('from a region to one of its unanswered centres in the register, with the keyboard alone', async ({ page }) => {
  await open(page, FOLLOW_UP);
  const row = page.getByRole('row', { name: /^Region Gotland/ });
  await press(page, row.getByRole('link').nth(2));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Obesvarade: Region Gotland');
  await press(page, page.locator('tbody th a').first());
  await expect(page).toHaveURL(/\/admin\/register\/enheter\//);
  await expect(page.getByText('Region Gotland').first()).toBeVisible();
});

test('a table is downloaded and the log tells of it', async ({ page }) => {
  await open(page, `/admin/tabeller/${ROUND}`);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Hämta som CSV: Svarsfrekvens per områdestyp' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('response_rate_by_area_type.csv');
  const workbook = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Hämta alla tabeller som Excel' }).click();
  expect((await workbook).suggestedFilename()).toBe('response_rates.xlsx');
  await page.goto(`${demo.origin}/admin/logg`);
  await expect(page.getByRole('cell', { name: 'Hämtade tabell' }).first()).toBeVisible();
});

/** Somebody who is not signed in. */
async function stranger(browser: Browser, width: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 800 } });
  return context.newPage();
}

test('a region gets a link, its coordinator sees who has not answered, and the link is revoked', async ({
  page,
  browser,
}) => {
  await open(page, `${FOLLOW_UP}/regionlankar`);
  await press(page, page.getByRole('button', { name: 'Skapa länk till Region Gotland' }));
  await expect(page.getByRole('status')).toHaveText('Länken till Region Gotland är skapad.');
  await audit(page);
  const address = await page.getByLabel('Länk till Region Gotland').inputValue();
  const path = new URL(address).pathname;

  for (const width of [320, 1280]) {
    const coordinator = await stranger(browser, width);
    await coordinator.goto(demo.origin + path);
    await expect(coordinator.getByRole('heading', { level: 1 })).toHaveText(
      'Enheter som inte har svarat: Region Gotland',
    );
    await expect(coordinator.locator('tbody tr').first()).toBeVisible();
    await audit(coordinator);
    await coordinator.context().close();
  }

  await press(page, page.getByRole('button', { name: 'Återkalla länken till Region Gotland' }));
  await expect(page.getByRole('status')).toContainText('är återkallad');
  const late = await stranger(browser, 1280);
  await late.goto(demo.origin + path);
  await expect(late.getByRole('heading', { level: 1 })).toHaveText('Länken fungerar inte längre');
  await late.context().close();
});
