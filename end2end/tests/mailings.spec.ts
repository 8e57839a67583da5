// From a region's file to the fourth reminder, with the keyboard alone, a clock that the test sets and a mailbox inside the product.
import type { Page } from '@playwright/test';

import { choose, day, press, tabTo, type } from '../support/keyboard';
import { rehearse, type Rehearsal } from '../support/rehearsal';
import { expect, test } from '../support/test';

let rehearsal: Rehearsal;

test.beforeAll(async () => {
  rehearsal = await rehearse(new Date('2022-02-28T08:00:00Z'));
});

test.afterAll(async () => rehearsal.stop());

async function enter(page: Page): Promise<void> {
  const { origin, cookie } = await rehearsal.signIn();
  await page.context().addCookies([{ name: 'vardenkat', value: cookie, url: origin, httpOnly: true, sameSite: 'Lax' }]);
}

async function visit(page: Page, path: string): Promise<void> {
  await page.goto(rehearsal.origin + path);
}

/** What the page of mailings counts in a column, once the server has looked at the clock and sent. */
async function sent(page: Page, letter: string, count: number): Promise<void> {
  await expect(async () => {
    await visit(page, '/admin/omgangar/pilot/utskick');
    const row = page.getByRole('row').filter({ has: page.getByRole('link', { name: letter, exact: true }) });
    await expect(row.getByRole('cell').nth(3)).toHaveText(String(count), { timeout: 1_000 });
    await expect(row).toContainText('Påbörjat', { timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
}

async function read(page: Page, subject: string): Promise<void> {
  await visit(page, '/admin/brevlada');
  await press(page, page.getByRole('link', { name: subject }).first());
  await expect(page.getByRole('heading', { level: 1 })).toContainText(subject);
}

/** A file of additions goes from its sender to the register. As Excel saves in Sweden: Windows-1252, semicolons, a preamble. */
async function readIn(page: Page, name: string, units: string[]): Promise<void> {
  const lines = [
    'Vårdcentraler i Region Gotland;;;',
    'Uttag 2022-02-28;;;',
    '',
    'Vårdcentral;Gatuadress;Verksamhetschef;Mejl till chefen',
    ...units,
  ];
  await visit(page, '/admin/register');
  await press(page, page.getByRole('link', { name: 'Läs in en fil' }));
  await choose(page, page.getByLabel('Avsändare'), 'Region Gotland');
  await page.getByLabel('Fil', { exact: true }).setInputFiles({
    name,
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\r\n'), 'latin1'),
  });
  await press(page, page.getByRole('button', { name: 'Gå vidare' }));
  await tabTo(page, page.getByLabel('Filen innehåller bara en del av enheterna'));
  await page.keyboard.press('Space');
  await press(page, page.getByRole('button', { name: 'Granska' }));
  await expect(page.getByRole('table', { name: 'Nya enheter' }).getByRole('row')).toHaveCount(units.length + 1);
  await press(page, page.getByRole('button', { name: 'Läs in i registret' }));
  await expect(page.getByRole('status')).toContainText(`${name} är inläst: ${units.length} nya`);
}

test('a pilot runs from a region’s file to the fourth reminder', async ({ page, step, fits }) => {
  test.setTimeout(600_000);
  let asked = 0;
  let answered = '';

  await step('A region’s file is read in', async () => {
    await enter(page);
    await readIn(page, 'gotland.csv', [
      'Åkerbärets vårdcentral;Strandgatan 1;Göran Öst; goran.ost @exempel.se',
      'Ärlans vårdcentral;Strandgatan 2;Åsa Älv;"asa.alv@exempel.se; vaxel@exempel.se"',
    ]);
    await fits();
  });

  await step('What is missing is told at its field', async () => {
    await visit(page, '/admin/omgangar');
    await press(page, page.getByRole('link', { name: 'Skapa en omgång' }));
    await press(page, page.getByRole('button', { name: 'Skapa omgången' }));
    await expect(page.getByRole('alert')).toContainText('Skriv en nyckel');
    await expect(page).toHaveTitle(/^Fel: /);
  });

  await step('A pilot in one region is made', async () => {
    await type(page, page.getByLabel('Nyckel', { exact: true }), 'pilot');
    await day(page, page.getByLabel('Öppnar', { exact: true }), '2022-03-01');
    await day(page, page.getByLabel('Sista dag att svara'), '2022-05-10');
    await choose(page, page.getByLabel('Slag'), 'Pilot');
    await type(page, page.getByLabel('Urval'), 'register.region == region_gotland');
    await type(page, page.getByLabel('Avsändarens namn'), 'Enkätgruppen');
    await type(page, page.getByLabel('Avsändarens e-postadress'), 'enkat@exempel.se');
    await press(page, page.getByRole('button', { name: 'Skapa omgången' }));
    await expect(page.getByRole('status')).toContainText('Omgången är skapad');
    await expect(page.getByText('räknas aldrig in i resultatet')).toBeVisible();
    asked = Number(await page.locator('dt:text-is("Enheter") + dd').textContent());
    expect(asked).toBeGreaterThan(1);
  });

  await step('The other round is paused, not to disturb', async () => {
    await visit(page, '/admin/omgangar/vardcentralschefer-2022/utskick');
    await press(page, page.getByRole('button', { name: 'Pausa utskicken' }));
    await expect(page.getByRole('status')).toContainText('Utskicken är pausade.');
    await expect(page.getByRole('button', { name: 'Fortsätt skicka' })).toBeVisible();
  });

  await step('The mailings are planned two weeks apart', async () => {
    await visit(page, '/admin/omgangar/pilot');
    await press(page, page.getByRole('link', { name: 'Utskick', exact: true }));
    await expect(page.getByText('Planerat 1 mars 2022 kl. 08:00')).toBeVisible();
    await expect(page.getByText('Planerat 26 april 2022 kl. 08:00')).toBeVisible();
    await fits();
  });

  await step('A text with a fault is told where it stands', async () => {
    await press(page, page.getByRole('link', { name: 'Inbjudan', exact: true }));
    await type(page, page.getByLabel('Ämne (svenska)'), 'Enkät till {vardcentral}');
    await press(page, page.getByRole('button', { name: 'Spara texterna' }));
    await expect(page.getByRole('alert')).toContainText('Rad 1, tecken 12');
    await expect(page.getByRole('alert')).toContainText('Menar du vårdcentral?');
  });

  await step('The text is mended, looked at and saved', async () => {
    await type(page, page.getByLabel('Ämne (svenska)'), 'Välkommen, {vårdcentral}');
    await press(page, page.getByRole('button', { name: 'Förhandsvisa' }));
    await expect(page.getByRole('heading', { name: /^Så ser brevet ut för / })).toBeVisible();
    await expect(page.locator('.letter')).toContainText('[Pilot] Välkommen, ');
    await expect(page.locator('.letter')).toContainText('10 maj 2022');
    await expect(page.locator('.letter [lang="en"]').last()).toContainText('10 May 2022');
    await fits();
    await press(page, page.getByRole('button', { name: 'Spara texterna' }));
    await expect(page.getByRole('status')).toContainText('Texterna är sparade.');
  });

  await step('A test goes to oneself', async () => {
    await press(page, page.getByRole('button', { name: 'Skicka prov till mig' }));
    await expect(page.getByRole('status')).toContainText('Provbrevet är på väg');
    await expect(async () => read(page, '[Test] [Pilot] Välkommen, ')).toPass({ timeout: 60_000 });
  });

  await step('A dry run tells who would get the invitation', async () => {
    rehearsal.dayIs(1);
    await enter(page);
    // The server may have been quicker than this page.
    await visit(page, '/admin/omgangar/pilot/utskick/0/plan');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Provkörning: Inbjudan i pilot');
    await expect(page.getByRole('table').first()).toContainText(String(asked));
    await fits();
  });

  await step('The invitation goes out when the round has opened', async () => {
    await sent(page, 'Inbjudan', asked);
    await fits();
  });

  await step('A chief reads the letter, follows its link, and submits', async () => {
    await read(page, '[Pilot] Välkommen, ');
    answered = (await page.getByRole('heading', { level: 1 }).textContent())?.replace('[Pilot] Välkommen, ', '') ?? '';
    const link = await page.locator('.letter-text a').first().getAttribute('href');
    // The server does not know at which address the tests find it.
    const path = new URL(link ?? '').pathname;
    await visit(page, `${path}/granska`);
    await press(page, page.getByRole('button', { name: /^Skicka in/ }));
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Tack');
  });

  await step('The receipt is in the mailbox', async () => {
    await expect(async () => read(page, `[Pilot] Tack, vi har fått svaret från ${answered}`)).toPass({ timeout: 60_000 });
    await expect(page.locator('.letter-text')).toContainText('Kvittonumret är');
  });

  for (const reminder of [1, 2, 3, 4]) {
    if (reminder === 2) {
      await step('A centre that comes late gets the invitation, and from now on the reminders', async () => {
        await readIn(page, 'gotland-2.csv', ['Öströms vårdcentral;Strandgatan 3;Örjan Ek;orjan.ek@exempel.se']);
        asked += 1;
        await sent(page, 'Inbjudan', asked);
      });
    }
    await step(`Reminder ${reminder} goes to everybody but who has answered`, async () => {
      rehearsal.dayIs(1 + 14 * reminder);
      await enter(page);
      await sent(page, `Påminnelse ${reminder}`, asked - 1);
      await visit(page, `/admin/omgangar/pilot/utskick/${reminder}/brev`);
      await expect(page.getByRole('table')).toContainText('Skickat');
      await expect(page.getByRole('table')).not.toContainText(answered);
    });
  }

  await step('One letter tells what happened to it', async () => {
    await press(page, page.getByRole('table').getByRole('link', { name: /@/ }).first());
    await expect(page.getByRole('table')).toContainText('Skickat');
  });

  await step('The round is closed after a question', async () => {
    await visit(page, '/admin/omgangar/pilot');
    await press(page, page.getByRole('link', { name: 'Stäng nu' }));
    await expect(page.getByRole('heading', { level: 1, name: 'Stäng pilot nu?' })).toBeVisible();
    await press(page, page.getByRole('button', { name: 'Stäng omgången' }));
    await expect(page.getByText('Stängd')).toBeVisible();
  });

  await step('Every page fits a narrow window', async () => {
    await page.setViewportSize({ width: 320, height: 800 });
    for (const path of [
      '/admin/omgangar',
      '/admin/omgangar/ny',
      '/admin/omgangar/pilot',
      '/admin/omgangar/pilot/utskick',
      '/admin/omgangar/pilot/utskick/1',
      '/admin/omgangar/pilot/utskick/1/plan',
      '/admin/omgangar/pilot/utskick/1/brev',
      '/admin/brevlada',
    ]) {
      await visit(page, path);
      await fits();
    }
  });
});
