import type { Locator } from '@playwright/test';

import { pagesOf } from '../support/answering';
import { PAGES, PERSONS, POSTS } from '../support/chief';
import type { Stratum } from '../support/register';
import { expect, test } from '../support/test';

const through = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
const SHOWS_RURAL = /ligger i en landsbygdskommun/;
const SHOWS_SOCIOECONOMIC = /ligger i ett område med socioekonomiska utmaningar/;

const PATHS: { stratum: Stratum; questions: number; lead?: RegExp; notLead?: RegExp }[] = [
  { stratum: 'ordinary', questions: 18 },
  { stratum: 'rural', questions: 21, lead: SHOWS_RURAL, notLead: SHOWS_SOCIOECONOMIC },
  { stratum: 'socioeconomic', questions: 21, lead: SHOWS_SOCIOECONOMIC, notLead: SHOWS_RURAL },
];

for (const { stratum, questions, lead, notLead } of PATHS) {
  test.describe(`A chief of the ${stratum} stratum`, () => {
    test.use({ stratum });

    test(`meets questions 1 to ${questions}, from the link to the receipt`, async ({ chief, page, step }) => {
      const met = new Set<number>();

      await step('given the start page of the personal link', async () => {
        await chief.open();
        await chief.seesTitle('Enkät till vårdcentralschefer 2022');
        await expect(page.getByText(`Svar för ${chief.unit.name}`)).toBeVisible();
      });
      await test.step('when the chief begins', () => chief.press('Börja svara'));
      for (const { heading, answer } of pagesOf(stratum)) {
        await step(`and answers ${page.url().replace(/.*avsnitt\//, '')}`, async () => {
          await chief.seesTitle(heading);
          await chief.awake();
          await answer(chief);
          for (const number of await chief.numbersSeen()) met.add(number);
          if (heading === 'Särskilda förutsättningar' && lead && notLead) {
            await expect(page.getByText(lead)).toBeVisible();
            await expect(page.getByText(notLead)).toBeHidden();
          }
        });
        await chief.saveAndContinue();
      }
      await step('then the answers are shown to be checked, with nothing left blank', async () => {
        await chief.seesTitle('Granska svaren');
        expect([...met]).toEqual(through(questions));
        await expect(page.getByText(/frågor är inte besvarade|fråga är inte besvarad/)).toBeHidden();
        await expect(page.getByRole('row', { name: 'Distriktssköterskor 4 3,5 ½' })).toBeVisible();
        await expect(page.getByRole('row', { name: 'Dietister Finns inte hos oss' })).toBeVisible();
      });
      await step('and submitting gives a receipt with the answers', async () => {
        await chief.press('Skicka in svaren');
        await chief.seesTitle('Tack, svaren är inskickade');
        await expect(page.getByText('Vi behöver fler distriktssköterskor.')).toBeVisible();
        if (questions === 21) await expect(page.getByText('kim.ek@example.se')).toBeVisible();
      });
    });
  });
}

test('A chief gets from the link to the receipt with the keyboard alone', async ({ chief, page }) => {
  const tabTo = async (place: Locator) => {
    const isThere = () => place.evaluate(element => element === document.activeElement);
    for (let stop = 0; stop < 150 && !(await isThere()); stop += 1) await page.keyboard.press('Tab');
    await expect(place).toBeFocused();
  };
  const press = async (button: string) => {
    await tabTo(page.getByRole('button', { name: button, exact: true }));
    await page.keyboard.press('Enter');
  };
  const choose = async (question: RegExp, answer: string) => {
    await tabTo(chief.question(question).getByRole('radio').first());
    await page.keyboard.press('Space');
    await expect(chief.question(question).getByRole('radio', { name: answer, exact: true })).toBeChecked();
  };
  const saveAndGoTo = async (next: string) => {
    await press('Spara och fortsätt');
    await page.waitForURL(chief.unit.link + next);
  };
  await chief.open();
  await press('Börja svara');
  await page.waitForURL(chief.unit.link + PAGES.centre);
  await choose(/vilken regi/, 'Offentlig');
  await saveAndGoTo(PAGES.staffing);
  await chief.awake();
  await tabTo(chief.cell(PERSONS, 'Dietister'));
  await page.keyboard.type('2');
  await page.keyboard.press('Tab');
  await page.keyboard.type('150');
  await page.keyboard.press('Tab');
  await press('Ändra till 1,5');
  await expect(chief.cell(POSTS, 'Dietister')).toHaveValue('1,5');
  await saveAndGoTo(PAGES.need);
  await chief.awake();
  await choose(/Behöver vårdcentralen anställa fler/, 'Ja');
  await choose(/ekonomiskt utrymme/, 'Ja');
  await saveAndGoTo(PAGES.transition);
  await saveAndGoTo(PAGES.prevention);
  await saveAndGoTo(PAGES.closing);
  await choose(/Vilken befattning/, 'Verksamhetschef');
  await saveAndGoTo('/granska');
  await press('Skicka in svaren');
  await chief.seesTitle('Tack, svaren är inskickade');
});
