import { PAGES, PERSONS, POSTS } from '../support/chief';
import { expect, test } from '../support/test';

const MODES = {
  'at 1280 px': { viewport: { width: 1280, height: 900 } },
  'at 320 px': { viewport: { width: 320, height: 640 } },
  'in the dark': { colorScheme: 'dark' },
  'in forced colours': { contextOptions: { forcedColors: 'active', reducedMotion: 'reduce' } },
} as const;

for (const [mode, settings] of Object.entries(MODES)) {
  test.describe(`Everybody can use every page ${mode}`, () => {
    test.use({ stratum: 'rural', ...settings });
    test.setTimeout(180_000);

    test('while answering, with errors, questions and two devices', async ({ chief, page, step, browser, fits }) => {
      const shown = async (title: string, body: () => Promise<void>) => {
        await step(title, body);
        await fits();
      };
      await shown('the start page', () => chief.open());
      for (const [name, path] of Object.entries(PAGES)) {
        await shown(`the page “${name}”`, () => chief.openAwake(path));
      }
      await shown('a follow-up that opens', async () => {
        await chief.openAwake(PAGES.need);
        await chief.choose(/Behöver vårdcentralen anställa fler/, 'Ja');
        await expect(chief.question(/ekonomiskt utrymme/)).toBeVisible();
      });
      await shown('questions about percent and swapped columns, with the reason opened', async () => {
        await chief.openAwake(PAGES.staffing);
        await chief.cell(PERSONS, 'Dietister').fill('1,5');
        await chief.type(chief.cell(POSTS, 'Dietister'), '2');
        await chief.cell(PERSONS, 'Undersköterskor').fill('1');
        await chief.type(chief.cell(POSTS, 'Undersköterskor'), '80');
        await chief.none('Arbetsterapeuter').check();
        await page.getByText('Det stämmer', { exact: true }).first().click();
        await expect(chief.asked('bytt plats')).toBeVisible();
      });
      await shown('errors beside questions', async () => {
        await chief.cell(POSTS, 'Fysioterapeuter').fill('två');
        await chief.saveAndContinue();
        await expect(page.getByRole('alert')).toBeVisible();
      });
      await shown('errors before submitting', async () => {
        await chief.open('/granska');
        await chief.press('Skicka in svaren');
        await expect(page.getByRole('alert')).toBeVisible();
      });
      await shown('questions alone', async () => {
        await chief.openAwake(PAGES.staffing);
        await chief.cell(PERSONS, 'Dietister').fill('2');
        await chief.cell(POSTS, 'Dietister').fill('2');
        await chief.cell(POSTS, 'Fysioterapeuter').fill('45');
        await chief.saveAndContinue();
        await expect(page.getByRole('heading', { name: /ser ovanlig/ })).toBeVisible();
      });
      const other = await chief.on(await browser.newContext());
      await shown('a field changed elsewhere', async () => {
        await chief.openAwake(PAGES.closing);
        await other.open(PAGES.closing);
        await other.saved(() => other.field(/övriga kommentarer/).fill('Från telefonen'));
        await chief.saved(() => chief.type(chief.field(/övriga kommentarer/), 'Från datorn'));
        await expect(page.getByRole('button', { name: 'Använd ”Från telefonen”' })).toBeVisible();
      });
      await other.page.context().close();
      await shown('the same, as the server shows it', () => chief.openAwake(PAGES.closing));
    });

    test('before and after answering', async ({ chief, page, step, fits }) => {
      const shown = async (title: string, body: () => Promise<void>) => {
        await step(title, body);
        await fits();
      };
      await test.step('given some answers', async () => {
        await chief.openAwake(PAGES.staffing);
        await chief.cell(PERSONS, 'Dietister').fill('2');
        await chief.saved(() => chief.type(chief.cell(POSTS, 'Dietister'), '150'));
      });
      await shown('the start page of one who has begun', () => chief.open());
      await shown('the answers to be checked, with something unusual', () => chief.open('/granska'));
      await shown('the receipt', async () => {
        await chief.press('Skicka in svaren');
        await chief.seesTitle('Tack, svaren är inskickade');
      });
      await shown('the start page of one who has submitted', () => chief.open());
      await shown('a page of questions that are submitted', () => chief.open(PAGES.staffing));
      await shown('wrong recipient', () => chief.open('/fel-mottagare'));
      await shown('wrong recipient with errors', () => chief.press('Skicka'));
      await shown('wrong recipient with thanks', async () => {
        await chief.choose('Vad gäller det?', 'Något annat är fel');
        await chief.press('Skicka');
        await chief.seesTitle('Tack, det är noterat');
      });
      await shown('the printed questions', () => chief.open('/utskrift'));
      await shown('about accessibility', () => chief.open('/om/tillganglighet'));
      await shown('about personal data', () => chief.open('/om/personuppgifter'));
      await shown('about cookies', () => chief.open('/om/kakor'));
      await shown('an unknown link', async () => {
        await page.goto(chief.unit.link.slice(0, -5));
      });
      await shown('an unknown page', () => chief.open('/borta'));
      await shown('the start page in English', () => chief.open('?sprak=en'));
    });
  });
}
