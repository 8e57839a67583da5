// Editors look through what is open in a round where many have answered: by region and profession, with the figures of
// cleaning beside it. It has a demo of its own.
import { readFileSync } from 'node:fs';

import type { Browser, Page } from '@playwright/test';

import { serveDemo, type Demo } from '../support/demo';
import { accounts, signIn, type Session } from '../support/staff';
import { audit, expect, test } from '../support/test';

const LIST = '/admin/rattning/vardcentralschefer-2022';
const FIGURES = `${LIST}/matt`;

let demo: Demo;
let session: Session;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  test.setTimeout(600_000);
  demo = await serveDemo('open');
  const data = `${demo.place}/data`;
  const analyst = accounts(data).find(account => account.role === 'analyst');
  if (!analyst) throw new Error('the demo has no analyst');
  session = await signIn(demo.origin, data, analyst);
});

test.afterAll(async () => demo.stop());

async function open(page: Page, path: string): Promise<void> {
  const cookie = { name: 'vardenkat', value: session.cookie, url: demo.origin, httpOnly: true };
  await page.context().addCookies([cookie]);
  await page.goto(demo.origin + path);
}

/** Each row's figure under a heading, in the order of the page. */
async function figures(page: Page, heading: string): Promise<number[]> {
  const texts = await page.locator(`td[data-l="${heading}"]`).allTextContents();
  return texts.map(text => Number(text.replace(/[\s%<]/g, '').replace(',', '.')));
}

test('the list is in order of what it shows, for everything and for a region', async ({ page }) => {
  for (const part of ['', '?region=Region+Stockholm', '?rad=assistant_nurse']) {
    await open(page, LIST + part);
    await expect(page.getByText('Listan är ordnad efter sammanvägd ändring')).toBeVisible();
    const weighed = await figures(page, 'Sammanvägd ändring');
    expect(weighed.length, part).toBeGreaterThan(1);
    expect(weighed, part).toEqual([...weighed].sort((one, other) => other - one));
  }
});

test('what is chosen stays chosen from list to list, to a case, and to the figures', async ({ page }) => {
  await open(page, LIST);
  await page.getByRole('combobox', { name: 'Region' }).selectOption('Region Stockholm');
  await page.getByRole('button', { name: 'Visa', exact: true }).click();
  await expect(page.getByText(/kan ändra summan av .* i Region Stockholm/)).toBeVisible();
  await expect(page.getByText('Riket: ')).toHaveCount(0);

  await page.getByRole('link', { name: /^Saknade värden/ }).click();
  await expect(page.getByRole('combobox', { name: 'Region' })).toHaveValue('Region Stockholm');
  await expect(page.getByText('räknas med')).toHaveCount(0);
  await page.locator('td, th').getByRole('link').first().click();
  expect(new URL(page.url()).search).toBe('?visa=saknade&region=Region%20Stockholm&plats=1');

  await open(page, `${LIST}?region=Region+Stockholm`);
  await page.getByRole('link', { name: 'Mått på rättningen' }).click();
  await expect(page.getByRole('heading', { name: 'Summorna steg för steg i Region Stockholm' })).toBeVisible();
});

test('the curve is explained, and its numbers are opened with the keyboard', async ({ page }) => {
  await open(page, LIST);
  await expect(page.getByRole('img', { name: 'Kvar att vinna' })).toContainText('Avgjorda frågor');
  await expect(page.getByText(/^De \d+ första av \d+ frågor står för \d+\s% av det som finns att vinna\.$/)).toBeVisible();
  await expect(page.getByText('Här kan du sluta: resten kan ändra högst')).toBeVisible();
  const table = page.getByRole('table', { name: 'Kvar att vinna' });
  await expect(table).toBeHidden();
  await page.getByText('Visa som tabell').focus();
  await page.keyboard.press('Enter');
  await expect(table).toBeVisible();
  await audit(page);
});

test('the figures come as a file that says where it is from', async ({ page }) => {
  await open(page, FIGURES);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'svenskt Excel' }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/^vardcentralschefer-2022_rattningsmatt_regler-.+_\d{8}T\d+_excel\.csv$/);
  const text = readFileSync(await file.path(), 'utf8');
  expect(text).toContain(';total;Region Stockholm;staffing.fte;;cleaned;full-time posts;');
});

const PATHS = [
  LIST,
  `${LIST}?region=Region+Stockholm&rad=assistant_nurse`,
  `${LIST}?visa=saknade&sida=99`,
  `${LIST}?region=Region+Ingenstans`,
  FIGURES,
  `${FIGURES}?region=Region+Stockholm&rad=assistant_nurse`,
];

async function fitsAndIsAccessible(browser: Browser, width: number, colorScheme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, locale: 'sv-SE', colorScheme });
  const page = await context.newPage();
  for (const path of PATHS) {
    await open(page, path);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over, path).toBe(0);
    await audit(page);
  }
  await context.close();
}

for (const [width, colors] of [
  [320, 'light'],
  [1280, 'dark'],
] as const) {
  test(`list and figures fit ${width} pixels and are accessible in ${colors} colours`, async ({ browser }) => {
    await fitsAndIsAccessible(browser, width, colors);
  });
}

test('without JavaScript the lists are changed all the same', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'sv-SE' });
  const page = await context.newPage();
  await open(page, `${LIST}?sida=99`);
  await page.getByRole('combobox', { name: 'Regel' }).selectOption({ label: 'Tjänster i procent' });
  await page.getByRole('button', { name: 'Visa', exact: true }).click();
  await expect(page.getByRole('row', { name: /Lika många tjänster/ })).toHaveCount(0);
  await page.getByRole('link', { name: /^Saknade värden/ }).click();
  await expect(page.getByText('Ingenting passar urvalet.')).toBeVisible();
  await context.close();
});
