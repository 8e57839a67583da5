// Staff sign in, keep accounts, and read the log: with the keyboard alone, on a wide window and a narrow one.
import { createHmac } from 'node:crypto';

import type { Page } from '@playwright/test';

import { addAccount, session, type Role } from '../support/staff';
import { expect, test } from '../support/test';

const OWN = 'en häst på taket i regn';

/** What an authenticator shows for a key: RFC 6238. */
function codeOf(key: string, later = 0): string {
  const bits = [...key.replace(/\s/g, '')]
    .map(letter => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const bytes = Buffer.from(bits.match(/.{8}/g)?.map(byte => parseInt(byte, 2)) ?? []);
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac('sha1', bytes).update(counter).digest();
  const number = hash.readUInt32BE((hash[19] ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** Types into the field that Tab comes to, and nowhere else. */
async function typeAtTab(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  // What was pressed before may still be leading here.
  await field.waitFor();
  const stops = await page.locator('a, button, input, select, textarea, summary').count();
  for (let presses = 0; presses < stops; presses += 1) {
    await page.keyboard.press('Tab');
    if (await field.evaluate(node => node === document.activeElement)) {
      await page.keyboard.type(text);
      return;
    }
  }
  throw new Error(`Tab never came to ${label}`);
}

for (const width of [1280, 320]) {
  test.describe(`In a window ${width} wide`, () => {
    test.use({ viewport: { width, height: 800 } });

    test('somebody new chooses a password, connects an app, signs out and in again', async ({ page, step, fits }) => {
      const { origin } = session('reader');
      const email = `ny-${width}@exempel.se`;
      const first = addAccount('reader', email, 'Kim Ek');
      let key = '';

      await step('A page asks to sign in first', async () => {
        await page.goto(`${origin}/admin/register`);
        await expect(page.getByRole('heading', { level: 1, name: 'Logga in' })).toBeVisible();
        await fits();
      });
      await step('A wrong password is told above the form', async () => {
        await typeAtTab(page, 'E-postadress', email);
        await typeAtTab(page, 'Lösenord', 'fel lösenord');
        await page.keyboard.press('Enter');
        await expect(page.getByRole('alert')).toContainText('stämmer inte');
        await expect(page.getByRole('alert')).toBeFocused();
        await expect(page).toHaveTitle(/^Fel: /);
        await fits();
      });
      await step('The first password leads to one of their own', async () => {
        await expect(page.getByLabel('E-postadress')).toHaveValue(email);
        await typeAtTab(page, 'Lösenord', first);
        await page.keyboard.press('Enter');
        await expect(page.getByRole('heading', { level: 1, name: 'Välj ett eget lösenord' })).toBeVisible();
        await fits();
      });
      await step('A short password is refused', async () => {
        await typeAtTab(page, 'Nytt lösenord', 'kort');
        await page.keyboard.press('Enter');
        await expect(page.getByRole('alert')).toContainText('minst 12 tecken');
      });
      await step('An app is connected', async () => {
        await typeAtTab(page, 'Nytt lösenord', OWN);
        await typeAtTab(page, 'Nytt lösenord en gång till', OWN);
        await page.keyboard.press('Enter');
        await expect(page.getByRole('img', { name: /^QR-kod/ })).toBeVisible();
        key = await page.locator('.secret').innerText();
        await fits();
      });
      await step('A code from the app lets them in, to the page that was asked for', async () => {
        await typeAtTab(page, 'Engångskod', codeOf(key));
        await page.keyboard.press('Enter');
        await page.waitForURL(`${origin}/admin/register`);
        await fits();
      });
      await step('Signed out, the pages are closed', async () => {
        await page.getByRole('button', { name: 'Logga ut' }).focus();
        await page.keyboard.press('Enter');
        await expect(page.getByRole('status')).toHaveText('Du är utloggad.');
      });
      await step('Password and a new code let them in again', async () => {
        await typeAtTab(page, 'E-postadress', email);
        await typeAtTab(page, 'Lösenord', OWN);
        await page.keyboard.press('Enter');
        await typeAtTab(page, 'Engångskod', codeOf(key, 1));
        await page.keyboard.press('Enter');
        await expect(page.getByText('Inloggad: Kim Ek (läsare)')).toBeVisible();
      });
    });

    test('an administrator adds, changes and ends an account, and finds it all in the log', async ({ staff, step, fits }) => {
      const { page, origin } = staff;
      const email = `ada-${width}@exempel.se`;
      const name = `Ada ${width}`;

      await step('The accounts are listed', async () => {
        await page.goto(`${origin}/admin/konton`);
        await expect(page.getByRole('table', { name: 'Konton' })).toBeVisible();
        await fits();
      });
      await step('An account without a role is refused', async () => {
        await page.getByRole('link', { name: 'Lägg till konto' }).focus();
        await page.keyboard.press('Enter');
        await typeAtTab(page, 'Namn', name);
        await typeAtTab(page, 'E-postadress', email);
        await page.keyboard.press('Enter');
        await expect(page.getByRole('alert')).toContainText('Välj en roll.');
        await fits();
      });
      await step('With a role it is added, and its first password is shown', async () => {
        await page.getByLabel('Roll').selectOption('analyst');
        await page.getByRole('button', { name: 'Lägg till' }).press('Enter');
        await expect(page.locator('.secret')).toHaveText(/^(\w{4}-){3}\w{4}$/);
        await fits();
      });
      await step('Its role is changed', async () => {
        await page.getByRole('link', { name: 'Till kontona' }).press('Enter');
        await page.getByRole('link', { name: `Ändra ${name}` }).press('Enter');
        await page.getByLabel('Roll').selectOption('reader');
        await page.getByRole('button', { name: 'Spara rollen' }).press('Enter');
        await expect(page.getByRole('status')).toHaveText('Rollen är ändrad.');
        await fits();
      });
      await step('It is ended after a question', async () => {
        await page.getByRole('link', { name: 'Avsluta kontot' }).press('Enter');
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Avsluta kontot för ${name}?`);
        await page.getByRole('button', { name: 'Avsluta kontot' }).press('Enter');
        await expect(page.getByRole('status')).toHaveText('Kontot är avslutat.');
      });
      await step('The log tells of it', async () => {
        await page.getByRole('link', { name: 'Logg', exact: true }).press('Enter');
        await page.getByLabel('Vad').selectOption({ label: 'Avslutade konto' });
        await page.getByRole('button', { name: 'Visa' }).press('Enter');
        await expect(page.getByRole('row').filter({ hasText: email })).toContainText('Avslutade konto');
        await fits();
      });
    });
  });
}

for (const role of ['analyst', 'reader'] satisfies Role[]) {
  test.describe(`An account with the role ${role}`, () => {
    test.use({ role });

    test('is told that accounts are not its business', async ({ staff, step }) => {
      await step('The page says which role one has', async () => {
        await staff.page.goto(`${staff.origin}/admin/konton`);
        await expect(staff.page.getByRole('heading', { level: 1 })).toHaveText('Du har inte tillgång till den här sidan');
        await expect(staff.page.getByRole('link', { name: 'Konton' })).toHaveCount(0);
      });
    });
  });
}
