// Whoever tries the product gets three links to click, in the terminal and on the front page.
import { tryOut } from '../support/demo';
import { audit, expect, test } from '../support/test';

const CHIEFS = [
  { label: 'En vårdcentral i en vanlig kommun', last: '18.' },
  { label: 'En vårdcentral i en landsbygdskommun', last: '21.' },
  { label: 'En vårdcentral i områdestyp 1', last: '21.' },
];

test('The demo shows a chief of each kind their questions', async ({ page, fits }) => {
  const demo = await tryOut();
  try {
    await page.goto(demo.origin);
    await expect(page.getByRole('heading', { name: 'Provmiljö' })).toBeVisible();
    await audit(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await fits();
    const shown = await page.getByRole('list').getByRole('link').evaluateAll(links => links.map(link => (link as HTMLAnchorElement).href));
    expect(shown).toEqual(demo.links);
    for (const { label, last } of CHIEFS) {
      await page.goto(demo.origin);
      await page.getByRole('link', { name: label }).click();
      await page.getByRole('link', { name: 'Skriv ut frågorna i förväg' }).click();
      await expect(page.getByRole('heading', { level: 3 }).last()).toContainText(last);
    }
  } finally {
    await demo.stop();
  }
});
