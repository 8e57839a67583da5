import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';

import { Chief } from './chief';
import { unusedUnit, type Stratum } from './register';
import { session, type Role } from './staff';

export { expect };

interface Fixtures {
  /** Which centre the test's chief has. */
  stratum: Stratum;
  chief: Chief;
  /** Whose pages a test of the staff's pages sees. */
  role: Role;
  /** The page, with somebody of that role signed in, and its address. */
  staff: { page: Page; origin: string };
  /** A step of the specification, after which the page is held to WCAG 2.2 AA and best practice. */
  step: (title: string, body: () => Promise<void>) => Promise<void>;
  /** Nothing on the page is wider than the window. */
  fits: () => Promise<void>;
}

export const test = base.extend<Fixtures>({
  stratum: ['ordinary', { option: true }],
  chief: async ({ page, stratum }, use) => {
    await use(new Chief(page, unusedUnit(stratum)));
  },
  role: ['administrator', { option: true }],
  staff: async ({ page, context, role }, use) => {
    const { origin, cookie } = session(role);
    await context.addCookies([{ name: 'vardenkat', value: cookie, url: origin, httpOnly: true, sameSite: 'Lax' }]);
    await use({ page, origin });
  },
  step: async ({ page }, use) => {
    await use((title, body) =>
      test.step(title, async () => {
        await body();
        await audit(page);
      }),
    );
  },
  fits: async ({ page }, use) => {
    await use(async () => {
      const over = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(over, `pixels of sideways scrolling on ${place(page)}`).toBe(0);
    });
  },
});

/** No violation of any rule. Axe needs JavaScript in the page. */
export async function audit(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // In the page itself: there are no frames, and a page of its own for the result takes a second each time.
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const told = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  expect(told, place(page)).toEqual([]);
}

/** The page's address without what is secret in it. */
function place(page: Page): string {
  return page.url().replace(/svara\/[^/]+/, '…');
}
