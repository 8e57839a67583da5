import { pagesOf } from '../support/answering';
import { expect, test } from '../support/test';
import config from '../playwright.config';

test.use({
  launchOptions: {
    ...config.use?.launchOptions,
    args: [...(config.use?.launchOptions?.args ?? []), '--js-flags=--jitless'],
  },
});

test('Without WebAssembly a chief gets from the link to the receipt, and is saved on the way', async ({ chief, page }) => {
  await test.step('given a browser that has none', async () => {
    await chief.open();
    expect(await page.evaluate(() => typeof WebAssembly)).toBe('undefined');
    await chief.press('Börja svara');
  });
  for (const { heading, answer } of pagesOf('ordinary')) {
    await test.step(`when ${page.url().replace(/.*avsnitt\//, '')} is answered, it is saved while typing`, async () => {
      await chief.seesTitle(heading);
      await chief.saved(() => answer(chief));
      await expect(chief.status()).toContainText('Sparat');
      await chief.saveAndContinue();
      // Far fewer listed than the register knows: the server asks, once.
      if (heading === 'Om vårdcentralen') {
        await expect(page.getByText(/Du skrev 100\. I registret står/).first()).toBeVisible();
        await chief.saveAndContinue();
      }
    });
  }
  await test.step('then it is submitted', async () => {
    await chief.seesTitle('Granska svaren');
    await chief.press('Skicka in svaren');
    await chief.seesTitle('Tack, svaren är inskickade');
  });
});
