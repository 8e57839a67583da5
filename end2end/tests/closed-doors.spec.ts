// Links that open no questionnaire say why, and what to do.
import type { Page } from '@playwright/test';

import { Chief, PAGES } from '../support/chief';
import { serveDemo, type Demo } from '../support/demo';
import { replaceLink, revokeLink, unitsOf } from '../support/register';
import { audit, expect, test } from '../support/test';

const WINDOWS = {
  'on a phone': { viewport: { width: 320, height: 640 } },
  'on a desktop': { viewport: { width: 1280, height: 900 } },
  'on a phone in the dark': { viewport: { width: 320, height: 640 }, colorScheme: 'dark' },
} as const;

const ROUNDS = [
  {
    round: 'not-open',
    when: 'Before the round opens',
    title: 'Enkäten har inte öppnat än',
    says: /^Enkäten öppnar \d+ \w+ \d{4}\. Spara mejlet/,
  },
  {
    round: 'closed',
    when: 'After the round has closed',
    title: 'Enkäten är stängd',
    says: /^Sista dag att svara var \d+ \w+ \d{4}\./,
  },
] as const;

/** Nothing that could be typed would be lost, and whom to ask is one press away. */
async function isWholeNotice(page: Page): Promise<void> {
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'enkat@example.se' })).toHaveAttribute('href', 'mailto:enkat@example.se');
}

for (const { round, when, title, says } of ROUNDS) {
  test.describe(when, () => {
    let demo: Demo;
    test.beforeAll(async () => {
      demo = await serveDemo(round);
    });
    test.afterAll(() => demo.stop());

    for (const [where, settings] of Object.entries(WINDOWS)) {
      test.describe(where, () => {
        test.use(settings);
        test('every page of the questionnaire says so', async ({ page, fits }) => {
          const [unit] = unitsOf(demo.links, 'ordinary');
          if (!unit) throw new Error('the demo has no ordinary centre');
          const chief = new Chief(page, unit);
          for (const path of ['', PAGES.staffing, '/granska']) {
            const answer = await page.goto(unit.link + path);
            expect(answer?.status(), path).toBe(403);
            await chief.seesTitle(title);
            await expect(page.getByText(says)).toBeVisible();
            await isWholeNotice(page);
            await audit(page);
            await fits();
          }
        });
      });
    }
  });
}

for (const [where, settings] of Object.entries(WINDOWS)) {
  test.describe(`A link that no longer works, ${where}`, () => {
    test.use(settings);

    test('says that there is a new one, which leads to what was answered', async ({ chief, page, fits }) => {
      await test.step('given an answer, and a link that was replaced since', async () => {
        await chief.openAwake(PAGES.centre);
        await chief.saved(() => chief.type(chief.field(/invånare är listade/), '8 500'));
      });
      const successor = new Chief(page, replaceLink(chief.unit));
      await test.step('then the old link says so', async () => {
        const answer = await page.goto(chief.unit.link);
        expect(answer?.status()).toBe(410);
        await chief.seesTitle('Länken gäller inte längre');
        await expect(page.getByText('Använd länken i det senaste mejlet')).toBeVisible();
        await isWholeNotice(page);
        await audit(page);
        await fits();
      });
      await test.step('and the new one opens the answers', async () => {
        await successor.open(PAGES.centre);
        await expect(successor.field(/invånare är listade/)).toHaveValue('8 500');
      });
    });

    test('says whom to ask where it was taken back and there is no other', async ({ chief, page, fits }) => {
      revokeLink(chief.unit);
      const answer = await page.goto(chief.unit.link);
      expect(answer?.status()).toBe(410);
      await chief.seesTitle('Länken gäller inte längre');
      await expect(page.getByText('skriv till oss så hjälper vi till')).toBeVisible();
      await isWholeNotice(page);
      await audit(page);
      await fits();
    });

    test('says what to do where its end was cut off', async ({ chief, page, fits }) => {
      const answer = await page.goto(chief.unit.link.slice(0, -5));
      expect(answer?.status()).toBe(404);
      await chief.seesTitle('Vi känner inte igen länken');
      await expect(page.getByText('Kontrollera att hela länken kom med')).toBeVisible();
      await audit(page);
      await fits();
    });
  });
}
