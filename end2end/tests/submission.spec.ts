import { PAGES, type Chief } from '../support/chief';
import { expect, test } from '../support/test';

const number = (chief: Chief) =>
  chief.page.getByRole('definition').first().textContent();

test('After the receipt the answers can be opened, changed and submitted again', async ({ chief, page, step }) => {
  let first: string | null = '';
  await test.step('given submitted answers', async () => {
    await chief.openAwake(PAGES.closing);
    await chief.choose(/Vilken befattning/, 'Enhetschef');
    await chief.saveAndContinue();
    await chief.press('Skicka in svaren');
    await chief.seesTitle('Tack, svaren är inskickade');
    first = await number(chief);
    expect(first).toMatch(/\S{6,}/);
  });
  await step('then a page of questions says that they are submitted', async () => {
    await chief.open(PAGES.closing);
    await chief.seesTitle('Svaren är inskickade');
    await chief.follow('Visa kvittot');
  });
  await step('and the start page tells the receipt', async () => {
    await chief.open();
    await expect(page.getByText(`Kvittonummer ${first}`)).toBeVisible();
  });
  await test.step('when they are opened again and changed', async () => {
    await chief.follow('Visa kvittot');
    await chief.press('Öppna svaren igen');
    await chief.openAwake(PAGES.closing);
    await expect(page.getByRole('radio', { name: 'Enhetschef' })).toBeChecked();
    await chief.choose(/Vilken befattning/, 'Verksamhetschef');
    await chief.saveAndContinue();
  });
  await test.step('then submitting gives a new receipt with the new answers', async () => {
    await chief.press('Skicka in svaren');
    await chief.seesTitle('Tack, svaren är inskickade');
    expect(await number(chief)).not.toBe(first);
    await expect(page.getByText('Verksamhetschef', { exact: true })).toBeVisible();
    await expect(page.getByText('Enhetschef', { exact: true })).toBeHidden();
  });
});

test('Submitting a second time says that it is already done', async ({ chief, context }) => {
  const tab = await chief.on(context);
  for (const one of [chief, tab]) await one.open('/granska');
  await chief.press('Skicka in svaren');
  await chief.seesTitle('Tack, svaren är inskickade');
  await tab.press('Skicka in svaren');
  await tab.seesTitle('Svaren var redan inskickade');
  expect(await number(tab)).toBe(await number(chief));
});

test('What was left blank is told, and may be submitted', async ({ chief, page }) => {
  await chief.open('/granska');
  await expect(page.getByText(/\d+ frågor är inte besvarade\. Det går bra att skicka in ändå\./)).toBeVisible();
  await chief.press('Skicka in svaren');
  await chief.seesTitle('Tack, svaren är inskickade');
});

test('The receipt is printed with all answers, and nothing that is only for the screen', async ({ chief, page }) => {
  await chief.openAwake(PAGES.closing);
  await chief.saved(() => chief.type(chief.field(/övriga kommentarer/), 'Tack för att ni frågar.'));
  await chief.open('/granska');
  await chief.press('Skicka in svaren');
  await chief.seesTitle('Tack, svaren är inskickade');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('Tack för att ni frågar.')).toBeVisible();
  await expect(page.getByRole('heading', { name: /^18\./ })).toBeVisible();
  await expect(page.getByRole('button')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'In English' })).toBeHidden();
});
