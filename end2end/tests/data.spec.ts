// An analyst downloads the answers: what there is, which file holds what, and that the same data cut gives the same bytes.
import { readFileSync } from 'node:fs';

import type { Page } from '@playwright/test';

import { serveDemo, type Demo } from '../support/demo';
import { accounts, signIn, type Role, type Session } from '../support/staff';
import { audit, expect, test } from '../support/test';

const ROUND = 'vardcentralschefer-2022';
const DATA = `/admin/data/${ROUND}`;

let demo: Demo;
const sessions = new Map<Role, Session>();

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(600_000);
  demo = await serveDemo('open');
  const data = `${demo.place}/data`;
  for (const account of accounts(data)) {
    sessions.set(account.role, await signIn(demo.origin, data, account));
  }
});

test.afterAll(async () => demo.stop());

async function open(page: Page, path: string, role: Role = 'analyst'): Promise<void> {
  const value = sessions.get(role)?.cookie ?? '';
  await page.context().addCookies([{ name: 'vardenkat', value, url: demo.origin, httpOnly: true }]);
  await page.goto(demo.origin + path);
}

/** The file that the form gives: its name and its bytes. */
async function download(page: Page): Promise<{ name: string; bytes: Buffer }> {
  // A workbook takes a while where something else is building.
  const downloading = page.waitForEvent('download', { timeout: 120_000 });
  await page.getByRole('button', { name: 'Hämta filen' }).click();
  const file = await downloading;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
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
      for (const path of [DATA, `${DATA}?snitt=igår`, `${DATA}/kodbok`, `${DATA}/kodbok?sprak=en`, `${DATA}?sprak=sv`]) {
        await open(page, path);
        await fits();
        await audit(page);
      }
    });
  });
}

test('an analyst finds the data, downloads it, and the log tells of it', async ({ page }) => {
  await open(page, '/admin');
  await page.getByRole('navigation', { name: 'Huvudmeny' }).getByRole('link', { name: 'Data' }).click();
  await expect(page).toHaveURL(demo.origin + DATA);
  await expect(page.getByText('Enheter som har skickat in')).toBeVisible();

  await page.getByRole('radio', { name: 'CSV för program' }).check();
  const csv = await download(page);
  expect(csv.name).toMatch(/^vardcentralschefer-2022_rattade_regler-[\w.+-]+_\d{8}T\d{4,6}\.csv$/);
  const lines = csv.bytes.toString('utf8').trimEnd().split('\n');
  expect(lines[0]).toMatch(/^id,register_region,register_ownership,/);
  expect(lines[0]).not.toContain('interview_name');

  await page.getByRole('radio', { name: 'Båda' }).check();
  await page.getByRole('radio', { name: 'CSV för Excel' }).check();
  const excel = await download(page);
  expect(excel.name).toMatch(/_bada_.*_excel\.csv$/);
  expect([...excel.bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);

  await page.getByRole('radio', { name: 'Inskrivna svar' }).check();
  await page.getByRole('radio', { name: 'Excel', exact: true }).check();
  const book = await download(page);
  expect(book.name).toMatch(/_inskrivna_.*\.xlsx$/);
  expect(book.bytes.subarray(0, 2).toString()).toBe('PK');

  await open(page, '/admin/logg', 'administrator');
  await expect(page.getByRole('cell', { name: 'Hämtade data' }).first()).toBeVisible();
});

test('the same data cut gives the same bytes', async ({ page }) => {
  await open(page, DATA);
  await page.getByRole('link', { name: 'Länk till just det här datauttaget' }).click();
  await expect(page.getByText('Det som har ändrats senare är inte med')).toBeVisible();
  const address = page.url();
  const first = await download(page);
  await page.goto(address);
  const second = await download(page);
  expect(second.name).toBe(first.name);
  expect(second.bytes.equals(first.bytes)).toBe(true);
});

test('everything is done with the keyboard', async ({ page }) => {
  await open(page, DATA);
  await page.getByRole('radio', { name: 'Rättade svar' }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Båda' })).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'CSV för program' })).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Hämta filen' })).toBeFocused();
  const downloading = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  expect((await downloading).suggestedFilename()).toMatch(/_bada_.*\.csv$/);
});

test('a moment that cannot be had is said at the field', async ({ page }) => {
  await open(page, DATA);
  await page.getByLabel('Annan tidpunkt').fill('2099-01-01T00:00');
  await page.getByRole('button', { name: 'Visa', exact: true }).click();
  await expect(page).toHaveTitle(/^Fel: /);
  await page.getByRole('link', { name: 'Välj en tidpunkt som redan har varit.' }).click();
  await expect(page.getByLabel('Annan tidpunkt')).toBeFocused();
});

test('a reader is shown no way to the data and gets none', async ({ page }) => {
  await open(page, '/admin', 'reader');
  await expect(page.getByRole('link', { name: 'Data', exact: true })).toHaveCount(0);
  await open(page, DATA, 'reader');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Du har inte tillgång till den här sidan');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a file is downloaded all the same', async ({ page }) => {
    await open(page, DATA);
    await page.getByRole('radio', { name: 'CSV för program' }).check();
    expect((await download(page)).name).toMatch(/\.csv$/);
  });
});

test('the codebook tells what a column means', async ({ page }) => {
  await open(page, DATA);
  await page.getByRole('link', { name: 'Visa kodboken' }).click();
  const row = page.getByRole('row', { name: /^physiotherapist_fte/ });
  await expect(row).toContainText('Fysioterapeuter');
  await expect(page.getByRole('row', { name: /^awaiting_decision/ })).toBeVisible();
  await expect(page.getByText('interview_email')).toHaveCount(0);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Till data' }).click();
  await page.getByRole('link', { name: 'Hämta kodboken som CSV', exact: true }).click();
  expect((await downloading).suggestedFilename()).toBe('vardcentralschefer-2022_kodbok_v1.csv');
});
