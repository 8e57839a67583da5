import { devices } from '@playwright/test';

import { PAGES, PERSONS, POSTS } from '../support/chief';
import { expect, test } from '../support/test';

const { defaultBrowserType: _, ...pixel } = devices['Pixel 7'];
test.use({ ...pixel, contextOptions: { reducedMotion: 'reduce' } });

test('On a phone each profession is a card, answered by thumb', async ({ chief, page, fits }) => {
  const dietitians = page.getByRole('row', { name: /^Dietister/ });
  await test.step('given the staffing screen', async () => {
    await chief.openAwake(PAGES.staffing);
    await fits();
  });
  await test.step('then the fields of a profession stand below each other, under labels that can be read', async () => {
    const places = await dietitians.getByRole('textbox').evaluateAll(fields =>
      fields.map(field => field.getBoundingClientRect().top),
    );
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    const label = await dietitians.getByText(POSTS, { exact: true }).boundingBox();
    expect(label?.width).toBeGreaterThan(50);
  });
  await test.step('when numbers are typed by touch, with the keys that numbers need', async () => {
    await chief.cell(PERSONS, 'Dietister').tap();
    await page.keyboard.type('2');
    await chief.cell(POSTS, 'Dietister').tap();
    await page.keyboard.type('150');
    await expect(chief.cell(PERSONS, 'Dietister')).toHaveAttribute('inputmode', 'numeric');
    await expect(chief.cell(POSTS, 'Dietister')).toHaveAttribute('inputmode', 'decimal');
    await chief.none('Undersköterskor').tap();
    await expect(chief.none('Undersköterskor')).toBeChecked();
  });
  await test.step('then a question fits the card, and is answered by touch', async () => {
    await expect(chief.asked('Du skrev 150.')).toBeVisible();
    await fits();
    await page.getByRole('button', { name: 'Ändra till 1,5' }).tap();
    await expect(chief.cell(POSTS, 'Dietister')).toHaveValue('1,5');
  });
  await test.step('and what is pressed is large enough for a thumb', async () => {
    const small = await page.getByRole('button').or(page.getByRole('textbox')).evaluateAll(targets =>
      targets
        .map(target => target.getBoundingClientRect())
        .filter(({ width, height }) => width > 0 && (width < 44 || height < 36)).length,
    );
    expect(small).toBe(0);
  });
});

test('On a phone a screen reader meets the same table, with what is asked in the cell', async ({ chief, page }) => {
  await chief.openAwake(PAGES.staffing);
  await chief.cell(PERSONS, 'Dietister').fill('2');
  await chief.type(chief.cell(POSTS, 'Dietister'), '150');
  await expect(page.getByRole('table').first().getByRole('row', { name: /^Dietister/ })).toMatchAriaSnapshot(`
    - row:
      - rowheader "Dietister"
      - cell:
        - textbox "Anställda, antal personer, Dietister": "2"
      - cell:
        - textbox "Anställda, heltidstjänster, Dietister": "150"
        - paragraph: Du skrev 150. Menade du 1,5 heltidstjänster?
        - button "Ändra till 1,5"
      - cell:
        - textbox "Vikarier och hyrpersonal, heltidstjänster, Dietister"
      - cell:
        - checkbox "Vi har ingen av denna yrkesgrupp, Dietister"
  `);
});

test('On a phone a scale shows every option’s text', async ({ chief, page }) => {
  await chief.openAwake(PAGES.transition);
  const row = page.getByRole('radiogroup', { name: 'Ökad bemanning' });
  await row.getByText('Mycket viktigt', { exact: true }).tap();
  await expect(row.getByRole('radio', { name: 'Mycket viktigt' })).toBeChecked();
});
