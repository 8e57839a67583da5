// What a chief does and sees, in the chief's words.
import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test';

import type { Unit } from './register';

export const PERSONS = 'Anställda, antal personer';
export const POSTS = 'Anställda, heltidstjänster';
export const TEMPS = 'Vikarier och hyrpersonal, heltidstjänster';

/** Where the questions are, below the personal link. */
export const PAGES = {
  centre: '/avsnitt/om-vardcentralen/1',
  staffing: '/avsnitt/bemanning/1',
  need: '/avsnitt/bemanning/2',
  transition: '/avsnitt/omstallning/1',
  prevention: '/avsnitt/omstallning/2',
  closing: '/avsnitt/avslutning/1',
  particular: '/avsnitt/sarskilda-forutsattningar/1',
} as const;

export class Chief {
  constructor(
    readonly page: Page,
    readonly unit: Unit,
  ) {}

  /** The same chief on another device, or in another tab of this one. */
  async on(context: BrowserContext): Promise<Chief> {
    return new Chief(await context.newPage(), this.unit);
  }

  async open(rest = ''): Promise<void> {
    await this.page.goto(this.unit.link + rest);
  }

  /** Waits until what is live has woken. */
  async awake(): Promise<void> {
    await expect(this.page.locator('html')).toHaveClass(/\blive\b/);
  }

  async openAwake(rest: string): Promise<void> {
    await this.open(rest);
    await this.awake();
  }

  field(label: string | RegExp): Locator {
    return this.page.getByRole('textbox', { name: label });
  }

  /** A cell is called by its column and its row. */
  cell(column: string, row: string): Locator {
    return this.page.getByRole('textbox', { name: `${column}, ${row}`, exact: true });
  }

  /** "Vi har ingen av denna yrkesgrupp", in one row. */
  none(row: string): Locator {
    return this.page.getByRole('checkbox', { name: `Vi har ingen av denna yrkesgrupp, ${row}`, exact: true });
  }

  question(text: string | RegExp): Locator {
    return this.page.getByRole('group', { name: text });
  }

  /** What the page says about saving. */
  status(): Locator {
    return this.page.locator('p[role=status]');
  }

  /** What the page asks at a field. */
  asked(text: string | RegExp): Locator {
    return this.page.getByRole('paragraph').filter({ hasText: text });
  }

  async choose(question: string | RegExp, answer: string): Promise<void> {
    await this.question(question).getByRole('radio', { name: answer, exact: true }).check();
  }

  /** One statement of a scale. */
  async rate(statement: string, answer: string): Promise<void> {
    await this.page
      .getByRole('radiogroup', { name: statement })
      .getByRole('radio', { name: answer, exact: true })
      .check();
  }

  async tick(box: string): Promise<void> {
    await this.page.getByRole('checkbox', { name: box, exact: true }).check();
  }

  async press(button: string): Promise<void> {
    await this.page.getByRole('button', { name: button, exact: true }).click();
  }

  async follow(link: string): Promise<void> {
    await this.page.getByRole('link', { name: link, exact: true }).click();
  }

  async saveAndContinue(): Promise<void> {
    await this.press('Spara och fortsätt');
  }

  /** Saves a page on which nothing is to be asked, and waits for the next. */
  async saveAndLeave(): Promise<void> {
    const here = this.page.url();
    await this.saveAndContinue();
    await this.page.waitForURL(url => url.href !== here);
  }

  /** Does something that the page saves by itself, and waits until the server has taken all that the page keeps. */
  async saved(act: () => Promise<void>): Promise<void> {
    await act();
    await this.page.waitForFunction(() => !Object.keys(localStorage).some(key => key.startsWith('vk:')));
  }

  async type(field: Locator, text: string): Promise<void> {
    await field.fill(text);
    await field.blur();
  }

  /** The numbers of the questions that can be seen on the page: 3, 4 and 5 stand at columns. */
  async numbersSeen(): Promise<number[]> {
    const texts = await this.page.locator('.n:visible').allTextContents();
    return texts.flatMap(text => /^(\d+)\.$/.exec(text)?.slice(1).map(Number) ?? []);
  }

  async seesTitle(title: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: title })).toBeVisible();
  }
}
