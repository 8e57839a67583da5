import { PAGES, PERSONS, POSTS } from '../support/chief';
import { expect, test } from '../support/test';

test('A post typed in percent is mended with one press', async ({ chief, step }) => {
  const posts = chief.cell(POSTS, 'Distriktssköterskor');
  await test.step('given two district nurses', async () => {
    await chief.openAwake(PAGES.staffing);
    await chief.cell(PERSONS, 'Distriktssköterskor').fill('2');
  });
  await step('when 150 posts are typed, the page asks at the cell', async () => {
    await chief.type(posts, '150');
    await expect(chief.asked('Du skrev 150. Menade du 1,5 heltidstjänster?')).toBeVisible();
    await expect(posts).toHaveAccessibleDescription(/Du skrev 150/);
  });
  await step('and the mend is pressed', () => chief.saved(() => chief.press('Ändra till 1,5')));
  await test.step('then the cell holds 1,5, has the focus, and nothing is asked any more', async () => {
    await expect(posts).toHaveValue('1,5');
    await expect(posts).toBeFocused();
    await expect(chief.asked('Menade du')).toBeHidden();
  });
  await test.step('and it is saved', async () => {
    await chief.open(PAGES.staffing);
    await expect(posts).toHaveValue('1,5');
  });
});

test('A column typed in percent is mended with one press', async ({ chief }) => {
  const rows = [
    { row: 'Distriktssköterskor', persons: '2', percent: '150', posts: '1,5' },
    { row: 'Undersköterskor', persons: '1', percent: '80', posts: '0,8' },
    { row: 'Fysioterapeuter', persons: '3', percent: '225', posts: '2,25' },
  ];
  await test.step('given posts in percent in three rows', async () => {
    await chief.openAwake(PAGES.staffing);
    for (const { row, persons, percent } of rows) {
      await chief.cell(PERSONS, row).fill(persons);
      await chief.type(chief.cell(POSTS, row), percent);
    }
  });
  await test.step('when the whole column is mended', () =>
    chief.page.getByRole('button', { name: 'Ändra alla 3 i kolumnen' }).first().click());
  await test.step('then every cell reads in posts', async () => {
    for (const { row, posts } of rows) await expect(chief.cell(POSTS, row)).toHaveValue(posts);
  });
});

test('A row that was confirmed is left alone by a mend of the column', async ({ chief, page }) => {
  const rows = ['Distriktssköterskor', 'Undersköterskor', 'Fysioterapeuter'];
  await test.step('given posts that look like percent in three rows', async () => {
    await chief.openAwake(PAGES.staffing);
    for (const row of rows) {
      await chief.cell(PERSONS, row).fill('2');
      await chief.type(chief.cell(POSTS, row), '150');
    }
  });
  await test.step('when the first is said to be right, and the column is mended', async () => {
    await page.getByText('Det stämmer', { exact: true }).first().click();
    await chief.press('Stämmer');
    await page.getByRole('button', { name: 'Ändra alla 2 i kolumnen' }).first().click();
  });
  await test.step('then only the others are changed', async () => {
    await expect(chief.cell(POSTS, 'Distriktssköterskor')).toHaveValue('150');
    await expect(chief.cell(POSTS, 'Undersköterskor')).toHaveValue('1,5');
    await expect(chief.cell(POSTS, 'Fysioterapeuter')).toHaveValue('1,5');
  });
});

test('What is asked at a cell is the next stop, and moves no column', async ({ chief, page }) => {
  const posts = chief.cell(POSTS, 'Dietister');
  const columns = () => page.getByRole('columnheader').evaluateAll(heads => heads.map(head => head.getBoundingClientRect().x));
  await chief.openAwake(PAGES.staffing);
  await chief.cell(PERSONS, 'Dietister').fill('2');
  const before = await columns();
  await test.step('when the chief leaves 150 posts with Tab', async () => {
    await posts.fill('150');
    await posts.press('Tab');
  });
  await test.step('then the mend has the focus, and the columns stand where they stood', async () => {
    await expect(page.getByRole('button', { name: 'Ändra till 1,5' })).toBeFocused();
    expect(await columns()).toEqual(before);
  });
  await test.step('nor does opening it to give a reason', async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(chief.field('Varför? (frivilligt)')).toBeVisible();
    expect(await columns()).toEqual(before);
    await page.keyboard.press('Shift+Tab');
  });
  await test.step('and Enter mends it, back in the cell', async () => {
    await page.keyboard.press('Enter');
    await expect(posts).toHaveValue('1,5');
    await expect(posts).toBeFocused();
  });
});

test('Persons and posts in each other’s column change places with one press', async ({ chief }) => {
  const persons = chief.cell(PERSONS, 'Arbetsterapeuter');
  const posts = chief.cell(POSTS, 'Arbetsterapeuter');
  await test.step('given 1,5 persons and 2 posts', async () => {
    await chief.openAwake(PAGES.staffing);
    await persons.fill('1,5');
    await chief.type(posts, '2');
    await expect(chief.asked('Har personer och heltidstjänster bytt plats?')).toBeVisible();
  });
  await test.step('when they are swapped', () => chief.press('Byt plats'));
  await test.step('then it is 2 persons and 1,5 posts', async () => {
    await expect(persons).toHaveValue('2');
    await expect(posts).toHaveValue('1,5');
    await expect(chief.asked('bytt plats')).toBeHidden();
  });
});

test('“Stämmer” with a reason is remembered, and read back', async ({ chief, page }) => {
  const question = chief.asked(/Du skrev 100\. I registret står/);
  await test.step('given far fewer listed residents than the register knows', async () => {
    await chief.openAwake(PAGES.centre);
    await chief.type(chief.field(/invånare är listade/), '100');
    await expect(question).toBeVisible();
  });
  await test.step('when the chief says that it is right, and why', async () => {
    await page.getByText('Det stämmer', { exact: true }).click();
    await chief.field('Varför? (frivilligt)').fill('Vi öppnade i förra veckan.');
    await chief.saved(() => chief.press('Stämmer'));
    await expect(question).toBeHidden();
  });
  await test.step('then it is not asked again after a reload', async () => {
    await chief.openAwake(PAGES.centre);
    await expect(page.getByText('Vi öppnade i förra veckan.')).toBeVisible();
    await expect(question).toBeHidden();
  });
  await test.step('nor when the page is saved, and the reason is read back', async () => {
    await chief.saveAndContinue();
    await chief.seesTitle('Bemanning och kompetensförsörjning');
    await chief.open('/granska');
    await expect(page.getByText('Stämmer: Vi öppnade i förra veckan.')).toBeVisible();
  });
});

test('A soft check never blocks', async ({ chief }) => {
  await chief.openAwake(PAGES.centre);
  await chief.type(chief.field(/invånare är listade/), '100');
  await expect(chief.asked(/I registret står/)).toBeVisible();
  await chief.saveAndContinue();
  await chief.seesTitle('Bemanning och kompetensförsörjning');
});

test('A soft check that nobody has seen is shown before going on', async ({ chief, page, step }) => {
  await step('given a last field that is still being typed in when saving', async () => {
    await chief.openAwake(PAGES.centre);
    await chief.field(/invånare är listade/).fill('100');
    await chief.saveAndContinue();
    await expect(page.getByRole('heading', { name: 'Ett svar ser ovanligt ut' })).toBeVisible();
  });
  await test.step('then saving once more goes on', async () => {
    await chief.saveAndContinue();
    await chief.seesTitle('Bemanning och kompetensförsörjning');
  });
});

test('A click that leaves a field hits its target, though a question opens above it', async ({ chief }) => {
  await chief.openAwake(PAGES.centre);
  await chief.field(/invånare är listade/).fill('100');
  await chief.choose(/vilken regi/, 'Privat');
  await expect(chief.asked(/I registret står/)).toBeVisible();
});

test('What cannot be read is kept as typed and asked about', async ({ chief, page, step }) => {
  const posts = chief.cell(POSTS, 'Dietister');
  const summary = page.getByRole('alert');
  await step('when a number that is no number is saved', async () => {
    await chief.openAwake(PAGES.staffing);
    await posts.fill('en och en halv');
    await chief.cell(PERSONS, 'Dietister').fill('-2');
    await chief.saveAndContinue();
    await expect(summary.getByRole('heading', { name: 'Det finns något att rätta till' })).toBeVisible();
  });
  await test.step('then the summary has the focus and the title says so', async () => {
    await expect(summary).toBeFocused();
    await expect(page).toHaveTitle(/^Fel: Bemanning/);
  });
  await test.step('and the fields keep what was typed, with the same words', async () => {
    await expect(posts).toHaveValue('en och en halv');
    await expect(posts).toHaveAttribute('aria-invalid', 'true');
    await expect(posts).toHaveAccessibleDescription(/”en och en halv” går inte att läsa som ett tal/);
    await expect(chief.cell(PERSONS, 'Dietister')).toHaveValue('-2');
  });
  await test.step('and the summary leads to the field', async () => {
    await summary.getByRole('link', { name: /Dietister, anställda, heltidstjänster/ }).click();
    await expect(posts).toBeFocused();
  });
  await step('when it is mended, the chief goes on', async () => {
    await posts.fill('1,5');
    await chief.cell(PERSONS, 'Dietister').fill('2');
    await chief.saveAndContinue();
    await expect(page.getByText('Avsnitt 2 av 4, sida 2 av 2')).toBeVisible();
  });
});

test('Answers with errors cannot be submitted', async ({ chief, page }) => {
  await chief.openAwake(PAGES.staffing);
  await chief.saved(() => chief.type(chief.cell(POSTS, 'Dietister'), 'två'));
  await chief.open('/granska');
  await chief.press('Skicka in svaren');
  await expect(page.getByRole('alert').getByRole('heading')).toHaveText('Rätta till innan du skickar in');
  await page.getByRole('link', { name: /Dietister/ }).click();
  await expect(chief.cell(POSTS, 'Dietister')).toHaveValue('två');
});

test('A text that is too long is told and kept whole, never cut', async ({ chief, page, step }) => {
  const comment = chief.field(/övriga kommentarer/);
  const long = 'å'.repeat(4012);
  await test.step('given a text that nears the limit, what is left is told', async () => {
    await chief.openAwake(PAGES.closing);
    await comment.fill('å'.repeat(3300));
    await expect(page.getByText('700 tecken kvar')).toBeVisible();
  });
  await step('when it goes beyond the limit, that is told', async () => {
    await chief.type(comment, long);
    await expect(page.getByText('12 tecken för mycket')).toBeVisible();
  });
  await step('and when it is saved, it is named as an error, and all of it stands there', async () => {
    await chief.saveAndContinue();
    await expect(page.getByRole('alert')).toContainText('Texten är 4012 tecken lång. Korta den till högst 4000 tecken.');
    await expect(comment).toHaveValue(long);
  });
  await test.step('then it can be shortened', async () => {
    await comment.fill('å'.repeat(4000));
    await chief.saveAndContinue();
    await chief.seesTitle('Granska svaren');
  });
});
