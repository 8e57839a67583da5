import { pagesOf } from '../support/answering';
import { PAGES, POSTS } from '../support/chief';
import { expect, test } from '../support/test';

test.use({ javaScriptEnabled: false, stratum: 'rural' });

test('Without JavaScript a chief gets from the link to the receipt, with every check', async ({ chief, page }) => {
  const [centre, staffing, ...others] = pagesOf('rural');
  await test.step('given the start page', async () => {
    await chief.open();
    await chief.press('Börja svara');
  });
  await test.step('when something unusual is saved, the page asks and takes “Stämmer” with a reason', async () => {
    await centre?.answer(chief);
    await chief.saveAndContinue();
    await expect(page.getByRole('heading', { name: 'Ett svar ser ovanligt ut' })).toBeVisible();
    await page.getByText('Det stämmer', { exact: true }).click();
    await chief.field('Varför? (frivilligt)').fill('Vi öppnade i förra veckan.');
    await chief.press('Stämmer');
    await expect(page.getByText('Vi öppnade i förra veckan.')).toBeVisible();
    await expect(page.getByRole('radio', { name: 'Offentlig' })).toBeChecked();
    await chief.saveAndContinue();
  });
  await test.step('and what cannot be read is kept and named', async () => {
    await staffing?.answer(chief);
    await chief.cell(POSTS, 'Undersköterskor').fill('två');
    await chief.cell(POSTS, 'Fysioterapeuter').fill('150');
    await chief.saveAndContinue();
    await expect(page).toHaveTitle(/^Fel: /);
    await page.getByRole('alert').getByRole('link', { name: /”två” går inte att läsa/ }).click();
    await expect(chief.cell(POSTS, 'Undersköterskor')).toHaveValue('två');
    await chief.cell(POSTS, 'Undersköterskor').fill('2');
  });
  await test.step('and a percentage is mended with one press', async () => {
    await chief.press('Ändra till 1,5');
    await expect(chief.cell(POSTS, 'Fysioterapeuter')).toHaveValue('1,5');
    await expect(chief.cell(POSTS, 'Undersköterskor')).toHaveValue('2');
    await chief.saveAndContinue();
  });
  for (const { heading, answer } of others) {
    await test.step(`and answers ${page.url().replace(/.*avsnitt\//, '')}`, async () => {
      await chief.seesTitle(heading);
      await answer(chief);
      await chief.saveAndContinue();
    });
  }
  await test.step('then everything is read back and submitted', async () => {
    await chief.seesTitle('Granska svaren');
    await expect(page.getByText('Stämmer: Vi öppnade i förra veckan.')).toBeVisible();
    await chief.press('Skicka in svaren');
    await chief.seesTitle('Tack, svaren är inskickade');
    for (const typed of ['1,75', 'Teamledare', 'kim.ek@example.se']) {
      await expect(page.getByText(typed, { exact: true })).toBeVisible();
    }
  });
});

test('Without JavaScript follow-ups stand there with “Om ja …”', async ({ chief, page }) => {
  await chief.open(PAGES.need);
  await expect(page.getByText('Om ja på fråga 7').first()).toBeVisible();
  await expect(chief.question(/ekonomiskt utrymme/)).toBeVisible();
});

test('Without JavaScript a chosen option can be cleared', async ({ chief, page }) => {
  await chief.open(PAGES.need);
  await chief.choose(/Behöver vårdcentralen anställa fler/, 'Ja');
  await chief.saveAndLeave();
  await chief.open(PAGES.need);
  await chief.question(/Behöver vårdcentralen anställa fler/).getByRole('button', { name: /^Rensa svaret/ }).click();
  await expect(chief.question(/Behöver vårdcentralen anställa fler/).getByRole('radio', { checked: true })).toHaveCount(0);
});

test('Without JavaScript a row that was said not to exist can be filled in after all', async ({ chief }) => {
  await chief.open(PAGES.staffing);
  await chief.none('Dietister').check();
  await chief.saveAndLeave();
  await chief.open(PAGES.staffing);
  await chief.none('Dietister').uncheck();
  await chief.cell(POSTS, 'Dietister').fill('1,5');
  await chief.saveAndLeave();
  await chief.open(PAGES.staffing);
  await expect(chief.none('Dietister')).not.toBeChecked();
  await expect(chief.cell(POSTS, 'Dietister')).toHaveValue('1,5');
});
