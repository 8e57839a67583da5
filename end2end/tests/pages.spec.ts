import { expect, test } from '../support/test';

test('Whoever got the link by mistake can say who should answer', async ({ chief, page, step }) => {
  await step('given a report without saying what', async () => {
    await chief.open();
    await chief.follow('Är det inte du som ska svara?');
    await chief.field('E-postadress till den som ska svara').fill('kim.ek');
    await chief.press('Skicka');
  });
  await step('then what is missing is named and what was typed is kept', async () => {
    const summary = page.getByRole('alert');
    await expect(summary.getByRole('link')).toHaveText([
      'Välj vad det gäller',
      'Skriv e-postadressen som namn@exempel.se',
    ]);
    await expect(chief.field('E-postadress till den som ska svara')).toHaveValue('kim.ek');
    await expect(page).toHaveTitle(/^Fel: /);
  });
  await step('and when it is mended, the report is taken', async () => {
    await chief.choose('Vad gäller det?', 'Någon annan ska svara');
    await chief.field('Namn på den som ska svara').fill('Kim Ek');
    await chief.field('E-postadress till den som ska svara').fill('kim.ek@example.se');
    await chief.press('Skicka');
    await chief.seesTitle('Tack, det är noterat');
  });
});

test('Whoever got the link can say that the centre has closed', async ({ chief }) => {
  await chief.open('/fel-mottagare');
  await chief.choose('Vad gäller det?', 'Verksamheten finns inte längre, eller har gått ihop med en annan');
  await chief.press('Skicka');
  await chief.seesTitle('Tack, det är noterat');
});

test('A page that does not exist leads back to the start', async ({ chief, page, step }) => {
  await step('given a section that this centre does not meet', async () => {
    await chief.open('/avsnitt/sarskilda-forutsattningar/1');
    await chief.seesTitle('Sidan finns inte');
  });
  await step('or an address that was mistyped', async () => {
    await chief.open('/grnska');
    await chief.seesTitle('Sidan finns inte');
  });
  await chief.follow('Till startsidan');
  await expect(page).toHaveURL(chief.unit.link);
});

test('The questionnaire can be answered in English', async ({ chief, page, step }) => {
  await step('when English is chosen', async () => {
    await chief.open();
    await chief.follow('In English');
    await chief.seesTitle('Survey of health centre managers 2022');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });
  await test.step('then the questions are in English too, and Swedish is one press away', async () => {
    await chief.press('Start answering');
    await expect(chief.field(/How many residents are listed/)).toBeVisible();
    await chief.follow('På svenska');
    await expect(chief.field(/invånare är listade/)).toBeVisible();
  });
});

for (const { stratum, last } of [
  { stratum: 'ordinary', last: 18 },
  { stratum: 'rural', last: 21 },
] as const) {
  test.describe(`For the ${stratum} stratum`, () => {
    test.use({ stratum });
    test(`all questions to number ${last} can be printed before starting`, async ({ chief, page, step }) => {
      await step('given the blank questionnaire', async () => {
        await chief.open();
        await chief.follow('Skriv ut frågorna i förväg');
      });
      const numbers = (await page.getByRole('heading', { level: 3 }).allTextContents()).map(
        heading => /^(?:\d+–)?(\d+)\./.exec(heading)?.[1],
      );
      expect(numbers.at(-1)).toBe(`${last}`);
      expect(new Set(numbers).size).toBe(last - 2);
    });
  });
}
