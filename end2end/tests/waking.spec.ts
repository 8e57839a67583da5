// The page comes first; what is live is fetched when there is nothing left to wait for.
import type { Page } from '@playwright/test';

import { PAGES, PERSONS } from '../support/chief';
import { expect, test } from '../support/test';

test('The staffing page is painted before anything of what is live is asked for', async ({ chief, page }) => {
  await chief.openAwake(PAGES.staffing);
  await expectAskedForAfterPaint(page);
});

test('A page that loads before it can be seen waits until it is seen', async ({ chief, page }) => {
  await test.step('given a page that is shown half a second after it loaded', async () => {
    await page.addInitScript(() => {
      const hidden = new CSSStyleSheet();
      hidden.replaceSync('html { visibility: hidden }');
      document.adoptedStyleSheets = [hidden];
      addEventListener('load', () => setTimeout(() => (document.adoptedStyleSheets = []), 500));
    });
  });
  await test.step('when it is live', () => chief.openAwake(PAGES.staffing));
  await test.step('then that was asked for after it was seen', () => expectAskedForAfterPaint(page));
});

test('A browser that tells neither of paint nor of idleness wakes the page all the same', async ({ chief, page }) => {
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, 'PerformanceObserver');
    Reflect.deleteProperty(globalThis, 'requestIdleCallback');
  });
  await chief.openAwake(PAGES.staffing);
});

test('WebAssembly that cannot be fetched is no fault of the page, which saves as before', async ({ chief, page }) => {
  const faults: Error[] = [];
  page.on('pageerror', fault => faults.push(fault));
  await test.step('given a network that stops it', async () => {
    await page.route('**/*.wasm', route => route.abort());
    const stopped = page.waitForEvent('requestfailed', request => request.url().endsWith('.wasm'));
    await chief.open(PAGES.staffing);
    await stopped;
  });
  await test.step('when something is typed, it is saved', async () => {
    await chief.saved(() => chief.type(chief.cell(PERSONS, 'Dietister'), '2'));
    await expect(chief.status()).toContainText('Sparat');
  });
  await test.step('then nothing was thrown', () => expect(faults).toEqual([]));
});

test('A page without anything live carries no script', async ({ chief, page }) => {
  await chief.open();
  await expect(page.locator('script')).toHaveCount(0);
});

/** As the browser itself timed it. */
async function expectAskedForAfterPaint(page: Page): Promise<void> {
  const { painted, asked } = await page.evaluate(() => ({
    painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    asked: performance
      .getEntriesByType('resource')
      .filter(({ name }) => /\.(js|wasm)$/.test(name))
      .map(({ startTime }) => startTime),
  }));
  expect(painted).toBeGreaterThan(0);
  expect(asked, 'its script and its WebAssembly').toHaveLength(2);
  expect(Math.min(...asked)).toBeGreaterThan(painted ?? Infinity);
}
