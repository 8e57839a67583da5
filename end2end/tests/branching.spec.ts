import { PAGES, type Chief } from '../support/chief';
import type { Stratum } from '../support/register';
import { expect, test } from '../support/test';

interface Branch {
  name: string;
  stratum?: Stratum;
  at: string;
  question: RegExp;
  opening: string;
  closing: string;
  /** What opens, and something to answer there. */
  followUps: (chief: Chief) => ReturnType<Chief['field']>[];
  answer: (chief: Chief) => Promise<void>;
  answered: string;
}

const BRANCHES: Branch[] = [
  {
    name: 'A need to recruit opens how many and whether there is money',
    at: PAGES.need,
    question: /Behöver vårdcentralen anställa fler/,
    opening: 'Ja',
    closing: 'Nej',
    followUps: chief => [
      chief.cell('Ytterligare heltidstjänster', 'Dietister'),
      chief.question(/ekonomiskt utrymme/),
    ],
    answer: chief => chief.cell('Ytterligare heltidstjänster', 'Dietister').fill('0,25'),
    answered: '0,25',
  },
  ...['Dåliga', 'Mycket dåliga'].map(opening => ({
    name: `${opening} conditions for prevention open the obstacles`,
    at: PAGES.prevention,
    question: /förutsättningar för att förebygga ohälsa/,
    opening,
    closing: 'Bra',
    followUps: (chief: Chief) => [chief.question(/ett hinder för att förebygga ohälsa/)],
    answer: (chief: Chief) => chief.rate('Brist på ekonomiska resurser', 'Litet hinder'),
    answered: 'Litet hinder',
  })),
  {
    name: 'Being willing to be interviewed opens the contact details',
    stratum: 'rural',
    at: PAGES.particular,
    question: /ställa upp på en intervju/,
    opening: 'Ja',
    closing: 'Nej',
    followUps: chief => [chief.question(/Kontaktuppgifter för intervju/)],
    answer: chief => chief.field('Namn').fill('Kim Ek'),
    answered: 'Kim Ek',
  },
  {
    name: 'Another position opens which',
    at: PAGES.closing,
    question: /Vilken befattning har du/,
    opening: 'Annan',
    closing: 'Enhetschef',
    followUps: chief => [chief.field('Ange vilken befattning')],
    answer: chief => chief.field('Ange vilken befattning').fill('Teamledare'),
    answered: 'Teamledare',
  },
];

for (const { name, stratum, at, question, opening, closing, followUps, answer, answered } of BRANCHES) {
  test.describe(name, () => {
    test.use({ stratum: stratum ?? 'ordinary' });

    test('at once, and in what is read back after saving', async ({ chief, page }) => {
      const readBack = page.getByText(answered, { exact: true });
      const saveAndReadBack = async () => {
        await chief.saveAndLeave();
        await chief.open('/granska');
        await chief.seesTitle('Granska svaren');
      };

      await test.step('given a page on which nothing is answered', async () => {
        await chief.openAwake(at);
        for (const followUp of followUps(chief)) await expect(followUp).toBeHidden();
      });
      await test.step(`when “${opening}” is chosen, the follow-up opens and is answered`, async () => {
        await chief.choose(question, opening);
        for (const followUp of followUps(chief)) await expect(followUp).toBeVisible();
        await answer(chief);
        await saveAndReadBack();
        await expect(readBack).toBeVisible();
      });
      await test.step(`when “${closing}” is chosen instead, it closes and is no part of the answers`, async () => {
        await chief.openAwake(at);
        for (const followUp of followUps(chief)) await expect(followUp).toBeVisible();
        await chief.choose(question, closing);
        for (const followUp of followUps(chief)) await expect(followUp).toBeHidden();
        await saveAndReadBack();
        await expect(readBack).toBeHidden();
      });
      await test.step('then choosing back finds the follow-up as it was typed', async () => {
        await chief.openAwake(at);
        await chief.choose(question, opening);
        await saveAndReadBack();
        await expect(readBack).toBeVisible();
      });
    });
  });
}
