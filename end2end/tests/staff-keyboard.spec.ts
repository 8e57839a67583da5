// Every page of the staff's is used with the keyboard alone: nothing on it is out of Tab's reach, and where one is can be seen.
import { unreachable } from '../support/reach';
import { expect, test } from '../support/test';

const ROUND = 'vardcentralschefer-2022';
const PAGES = [
  `/admin/uppfoljning/${ROUND}`,
  `/admin/uppfoljning/${ROUND}/grupp?dimension=region&grupp=Region%20Gotland`,
  `/admin/uppfoljning/${ROUND}/enheter?urval=not_answered`,
  `/admin/uppfoljning/${ROUND}/regionlankar`,
  `/admin/tabeller/${ROUND}`,
  '/admin/register',
  '/admin/register/import',
  '/admin/register/klasser',
  '/admin/rapporter',
  '/admin/omgangar',
  '/admin/omgangar/ny',
  `/admin/omgangar/${ROUND}`,
  `/admin/omgangar/${ROUND}/stang`,
  `/admin/omgangar/${ROUND}/utskick`,
  `/admin/omgangar/${ROUND}/utskick/0`,
  `/admin/omgangar/${ROUND}/utskick/0/plan`,
  `/admin/omgangar/${ROUND}/utskick/0/brev`,
  '/admin/brevlada',
  '/admin/konton',
  '/admin/konton/ny',
  '/admin/logg',
];

test('Tab comes to everything on every page, and its place is seen', async ({ staff: { page, origin } }) => {
  test.setTimeout(600_000);
  for (const path of PAGES) {
    await page.goto(origin + path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await unreachable(page), path).toEqual([]);
  }
  for (const [list, link] of [
    ['/admin/register', 'tbody th a'],
    ['/admin/konton', 'tbody a'],
  ] as const) {
    await page.goto(origin + list);
    await page.locator(link).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await unreachable(page), page.url()).toEqual([]);
  }
});

test('the first stop of Tab leads past the menu', async ({ staff: { page, origin } }) => {
  await page.goto(`${origin}/admin/uppfoljning/${ROUND}`);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Till innehållet' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});
