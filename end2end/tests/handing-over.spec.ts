import { Chief, PAGES, PERSONS } from '../support/chief';
import { audit, expect, test } from '../support/test';

const SHARE = '/dela';
const STAFFING = 'Bemanning och kompetensförsörjning';

for (const width of [320, 1280]) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ viewport: { width, height: 900 } });

    test('A colleague fills in a section, and the chief submits', async ({ chief, browser, page, step, fits }) => {
      const given = page.getByRole('textbox', { name: /^Länken/ });
      await step('given a chief who asks for help', async () => {
        await chief.open();
        await chief.follow('Be en kollega fylla i ett avsnitt');
        await chief.seesTitle('Be en kollega om hjälp');
        await fits();
      });
      await step('when something is missing, the page says what, and keeps the rest', async () => {
        await chief.field('Kollegans e-postadress').fill('kim.ek');
        await chief.press('Skapa länken');
        await expect(page).toHaveTitle(/^Fel: /);
        await expect(chief.field('Kollegans e-postadress')).toHaveValue('kim.ek');
        await page.getByRole('alert').getByRole('link', { name: 'Skriv kollegans namn' }).click();
        await expect(chief.field('Kollegans namn')).toBeFocused();
        await fits();
      });
      await step('when a colleague is given the staffing', async () => {
        await chief.choose('Vilket avsnitt?', STAFFING);
        await chief.field('Kollegans namn').fill('Kim Ek');
        await chief.field('Kollegans e-postadress').fill('');
        await chief.press('Skapa länken');
        await expect(page.getByRole('status').filter({ hasText: 'Kopiera den' })).toBeVisible();
        await expect(page.getByText(`Kim Ek: ${STAFFING}`)).toBeVisible();
        await fits();
      });
      const link = await pathOf(given);
      const colleague = new Chief(await (await browser.newContext()).newPage(), {
        ...chief.unit,
        link: new URL(link, chief.unit.link).href,
      });
      await test.step('then the colleague’s link leads to that section and to nothing else', async () => {
        await colleague.open();
        await colleague.seesTitle(`Hjälp att fylla i ”${STAFFING}”`);
        await audit(colleague.page);
        await colleague.follow('Till frågorna');
        await colleague.saved(() => colleague.type(colleague.cell(PERSONS, 'Dietister'), '2'));
        await expect(colleague.status()).toContainText('Sparat');
        const elsewhere = await colleague.page.request.get(colleague.unit.link + PAGES.centre);
        expect(elsewhere.status()).toBe(404);
      });
      await test.step('and the chief sees what was filled in, takes the link back and submits', async () => {
        await chief.open(PAGES.staffing);
        await expect(chief.cell(PERSONS, 'Dietister')).toHaveValue('2');
        await chief.open(SHARE);
        await chief.press('Ta tillbaka länken till Kim Ek');
        await expect(page.getByText('Tillbakatagen')).toBeVisible();
        await expect(given).toHaveCount(0);
        await colleague.open();
        await colleague.seesTitle('Länken gäller inte längre');
        await colleague.page.context().close();
        await chief.open('/granska');
        await chief.press('Skicka in svaren');
        await chief.seesTitle('Tack, svaren är inskickade');
      });
    });
  });
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('Without JavaScript a link is given, used and taken back', async ({ chief, browser, page }) => {
    await chief.open(SHARE);
    await chief.choose('Vilket avsnitt?', STAFFING);
    await chief.field('Kollegans namn').fill('Kim Ek');
    await chief.press('Skapa länken');
    const link = await pathOf(page.getByRole('textbox', { name: /^Länken/ }));
    const context = await browser.newContext({ javaScriptEnabled: false });
    const colleague = new Chief(await context.newPage(), {
      ...chief.unit,
      link: new URL(link, chief.unit.link).href,
    });
    await colleague.open();
    await colleague.follow('Till frågorna');
    await colleague.cell(PERSONS, 'Dietister').fill('2');
    await colleague.saveAndLeave();
    await chief.press('Ta tillbaka länken till Kim Ek');
    await expect(page.getByText('Tillbakatagen')).toBeVisible();
    await colleague.open();
    await colleague.seesTitle('Länken gäller inte längre');
    await context.close();
    await chief.open(PAGES.staffing);
    await expect(chief.cell(PERSONS, 'Dietister')).toHaveValue('2');
  });
});

/** The path of a link's address: tests are served elsewhere than where the link is reached in earnest. */
async function pathOf(given: { inputValue: () => Promise<string> }): Promise<string> {
  return new URL(await given.inputValue()).pathname;
}
