// Whether everything on a page is within reach of the keyboard.
import type { Page } from '@playwright/test';

/**
 * Goes through the page from its start with Tab, and tells what never got the focus, or got it without showing it.
 * Of radio buttons that belong together one is enough: arrows lead to the others.
 */
export async function unreachable(page: Page): Promise<string[]> {
  const stops = await page.evaluate(() => {
    const named = new Set<string>();
    const wanted = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')].filter(
      node => {
        if (!node.checkVisibility() || node.matches('[type=hidden], :disabled')) return false;
        if (!(node instanceof HTMLInputElement) || node.type !== 'radio') return true;
        const first = !named.has(node.name);
        named.add(node.name);
        return first;
      },
    );
    for (const node of wanted) node.setAttribute('data-unseen', '');
    document.addEventListener('focusin', ({ target }) => {
      if (!(target instanceof HTMLElement)) return;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(target);
      const isSeen = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
      if (!isSeen) return;
      target.removeAttribute('data-unseen');
      if (target instanceof HTMLInputElement && target.type === 'radio') {
        const group = document.querySelectorAll(`[type=radio][name="${target.name}"]`);
        group.forEach(one => one.removeAttribute('data-unseen'));
      }
    });
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    // Day, month, year, hour and the calendar are stops of their own.
    const dates = wanted.filter(node => node.matches('[type=date], [type=datetime-local]'));
    return wanted.length + dates.length * 8;
  });
  for (let presses = 0; presses < stops + 5; presses += 1) await page.keyboard.press('Tab');
  return page.evaluate(() => [...document.querySelectorAll('[data-unseen]')].map(node => node.outerHTML.slice(0, 200)));
}
