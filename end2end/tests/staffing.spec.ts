import { PAGES, PERSONS, POSTS, TEMPS } from '../support/chief';
import { expect, test } from '../support/test';

test.beforeEach(({ chief }) => chief.openAwake(PAGES.staffing));

test('“Vi har ingen av denna yrkesgrupp” empties the row, and unticking gives it back', async ({ chief, page }) => {
  const row = 'Arbetsterapeuter';
  const none = chief.none(row);
  await test.step('given a row that is filled in', async () => {
    await chief.cell(PERSONS, row).fill('2');
    await chief.cell(POSTS, row).fill('1,5');
  });
  await test.step('when the chief says that there is nobody', () => chief.saved(() => none.check()));
  await test.step('then the row is empty and rests, also after a reload', async () => {
    for (const column of [PERSONS, POSTS, TEMPS]) {
      await expect(chief.cell(column, row)).toHaveValue('');
      await expect(chief.cell(column, row)).not.toBeEditable();
    }
    await page.reload();
    await chief.awake();
    await expect(none).toBeChecked();
    await expect(chief.cell(POSTS, row)).not.toBeEditable();
  });
  await test.step('and when it is unticked, the row can be filled in again', async () => {
    await none.uncheck();
    await expect(chief.cell(POSTS, row)).toBeEditable();
  });
});

test('Unticking at once gives the row back as it was', async ({ chief }) => {
  await chief.type(chief.cell(POSTS, 'Dietister'), '1,5');
  await chief.none('Dietister').check();
  await expect(chief.cell(POSTS, 'Dietister')).toHaveValue('');
  await chief.none('Dietister').uncheck();
  await expect(chief.cell(POSTS, 'Dietister')).toHaveValue('1,5');
});

test('Sums and the employment rate follow what is typed, as Swedes write numbers', async ({ chief, page }) => {
  await chief.cell(PERSONS, 'Distriktssköterskor').fill('4');
  await chief.cell(POSTS, 'Distriktssköterskor').fill('2½');
  await chief.cell(PERSONS, 'Undersköterskor').fill('1');
  await chief.cell(POSTS, 'Undersköterskor').fill('1.0');
  await chief.cell(TEMPS, 'Undersköterskor').fill('0,25');
  await expect(page.getByRole('row', { name: /^Summa/ }).getByRole('status')).toHaveText(['5', '3,5', '0,25']);
  await expect(page.getByText(/Genomsnittlig sysselsättningsgrad/)).toHaveText(/70\s%$/);
});

test('A block from Excel is pasted where the cursor stands', async ({ chief, page, context }) => {
  await test.step('given two rows of three columns on the clipboard', async () => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(() => navigator.clipboard.writeText('3\t2,5\t0\r\n1 000\t0,75\t½\r\n'));
  });
  await test.step('when they are pasted at dietitians', () =>
    chief.saved(async () => {
      await chief.cell(PERSONS, 'Dietister').focus();
      await page.keyboard.press('Control+V');
    }));
  await test.step('then they fill that row and the next, and are saved', async () => {
    await page.reload();
    const filled = { Dietister: ['3', '2,5', '0'], 'Psykologer, kuratorer, psykoterapeuter': ['1 000', '0,75', '½'] };
    for (const [row, values] of Object.entries(filled)) {
      for (const [index, column] of [PERSONS, POSTS, TEMPS].entries()) {
        await expect(chief.cell(column, row)).toHaveValue(values[index] ?? '');
      }
    }
  });
});

test('Enter and the arrows travel as in a spreadsheet', async ({ chief, page }) => {
  const travel = async (key: string, column: string, row: string) => {
    await page.keyboard.press(key);
    await expect(chief.cell(column, row), key).toBeFocused();
  };
  await chief.cell(PERSONS, 'Dietister').focus();
  await travel('Enter', PERSONS, 'Psykologer, kuratorer, psykoterapeuter');
  await travel('ArrowDown', PERSONS, 'Fysioterapeuter');
  await travel('ArrowUp', PERSONS, 'Psykologer, kuratorer, psykoterapeuter');
  await travel('Shift+Enter', PERSONS, 'Dietister');
  await travel('ArrowRight', POSTS, 'Dietister');
  await page.keyboard.type('15');
  await test.step('within a text the arrows move the cursor', async () => {
    await travel('ArrowLeft', POSTS, 'Dietister');
    await page.keyboard.type(',');
    await expect(chief.cell(POSTS, 'Dietister')).toHaveValue('1,5');
  });
  await travel('End', POSTS, 'Dietister');
  await travel('ArrowRight', TEMPS, 'Dietister');
  await test.step('and at the last row Enter stays, and sends nothing', async () => {
    await chief.cell(PERSONS, 'Övriga yrkesgrupper').focus();
    await travel('Enter', PERSONS, 'Övriga yrkesgrupper');
    expect(page.url()).toContain(PAGES.staffing);
  });
});

test('Tab goes from the top of the page to the first cell and along its row', async ({ chief, page }) => {
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Till innehållet' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Tillbaka' })).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(chief.cell(PERSONS, 'Specialistläkare i allmänmedicin')).toBeFocused();
  for (let stop = 0; stop < 3; stop += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await expect(chief.none('Specialistläkare i allmänmedicin')).toBeChecked();
});

test('A screen reader meets a table with a name for every cell', async ({ page }) => {
  await expect(page.getByRole('table').first()).toMatchAriaSnapshot(`
    - table "3–5. Hur är er vårdcentral bemannad?":
      - rowgroup:
        - row:
          - columnheader "Yrkeskategori"
          - columnheader "3. Anställda, antal personer"
          - columnheader "4. Anställda, heltidstjänster"
          - columnheader "5. Vikarier och hyrpersonal, heltidstjänster"
          - columnheader "Finns inte hos oss"
      - rowgroup:
        - row:
          - rowheader "Specialistläkare i allmänmedicin"
          - cell:
            - textbox "Anställda, antal personer, Specialistläkare i allmänmedicin"
          - cell:
            - textbox "Anställda, heltidstjänster, Specialistläkare i allmänmedicin"
          - cell:
            - textbox "Vikarier och hyrpersonal, heltidstjänster, Specialistläkare i allmänmedicin"
          - cell:
            - checkbox "Vi har ingen av denna yrkesgrupp, Specialistläkare i allmänmedicin"
      - rowgroup:
        - row:
          - rowheader "Summa"
          - cell:
            - status
  `);
  await expect(page.getByRole('table').first().getByRole('rowheader')).toHaveCount(15);
});
