import { PAGES, PERSONS, POSTS } from '../support/chief';
import { expect, test } from '../support/test';

test('What is typed is saved within a second of leaving the field, and says when', async ({ chief, page }) => {
  const listed = chief.field(/invånare är listade/);
  await test.step('given that it is 14:32', async () => {
    await page.clock.setFixedTime('2026-11-22T13:32:00Z');
    await chief.open(PAGES.centre);
  });
  await test.step('when a field is typed in and left', async () => {
    await listed.fill('8 500 ');
    const saved = page.waitForResponse(answer => answer.url().endsWith('/spara'), { timeout: 1_000 });
    await listed.blur();
    expect((await saved).ok()).toBe(true);
  });
  await test.step('then the page says so', () => expect(chief.status()).toHaveText('Sparat 14:32'));
  await test.step('and after a reload it stands there exactly as typed', async () => {
    await page.reload();
    await expect(listed).toHaveValue('8 500 ');
  });
});

test('Without network typing goes on, and arrives when the network is back', async ({ chief, context, browser }) => {
  await test.step('given a page that loses the network', async () => {
    await chief.open(PAGES.centre);
    await context.setOffline(true);
  });
  await test.step('when the chief types, the page says that it is kept here', async () => {
    await chief.type(chief.field(/invånare är listade/), '9100');
    await expect(chief.status()).toContainText('Ingen uppkoppling');
  });
  await test.step('then it arrives by itself when the network is back', async () => {
    await chief.saved(() => context.setOffline(false));
    await expect(chief.status()).toContainText('Sparat');
    const elsewhere = await chief.on(await browser.newContext());
    await elsewhere.open(PAGES.centre);
    await expect(elsewhere.field(/invånare är listade/)).toHaveValue('9100');
    await elsewhere.page.context().close();
  });
});

test('What could not be sent survives that the page is reloaded without network, and closed', async ({ chief, page, context, browser }) => {
  await test.step('given text typed without network, a reload that fails, and the page left', async () => {
    await chief.open(PAGES.closing);
    await context.setOffline(true);
    await chief.field(/övriga kommentarer/).fill('Vi hann inte skicka.');
    await chief.choose(/Vilken befattning/, 'Enhetschef');
    await expect(page.reload()).rejects.toThrow('ERR_INTERNET_DISCONNECTED');
    await page.waitForURL('chrome-error://chromewebdata/', { waitUntil: 'commit' });
    await page.goto('about:blank');
    await context.setOffline(false);
  });
  await test.step('when the page is opened again', () =>
    chief.saved(() => chief.open(PAGES.closing)));
  await test.step('then everything is there, and has arrived', async () => {
    await expect(chief.field(/övriga kommentarer/)).toHaveValue('Vi hann inte skicka.');
    const elsewhere = await chief.on(await browser.newContext());
    await elsewhere.open(PAGES.closing);
    await expect(elsewhere.field(/övriga kommentarer/)).toHaveValue('Vi hann inte skicka.');
    await expect(elsewhere.page.getByRole('radio', { name: 'Enhetschef' })).toBeChecked();
    await elsewhere.page.context().close();
  });
});

test('The server being away is told, and tried again', async ({ chief, page }) => {
  await chief.open(PAGES.centre);
  await page.route('**/spara', route => route.fulfill({ status: 503 }));
  await chief.type(chief.field(/invånare är listade/), '7300');
  await expect(chief.status()).toContainText('Inte sparat ännu');
  await page.unroute('**/spara');
  await expect(chief.status()).toContainText('Sparat');
});

test('A network that swallows what is sent is given up on, and it is sent again', async ({ chief, page }) => {
  await chief.open(PAGES.centre);
  await page.route('**/spara', () => undefined, { times: 1 });
  await chief.type(chief.field(/invånare är listade/), '7300');
  await expect(chief.status()).toContainText('Inte sparat ännu');
  await expect(chief.status()).toContainText('Sparat');
});

test('The questionnaire is resumed on another device where it was left', async ({ chief, browser }) => {
  await test.step('given a page answered on one device', async () => {
    await chief.openAwake(PAGES.centre);
    await chief.choose(/vilken regi/, 'Privat');
    await chief.saveAndContinue();
    await chief.saved(() => chief.type(chief.cell(PERSONS, 'Dietister'), '1'));
  });
  const phone = await chief.on(await browser.newContext());
  await test.step('when the link is opened on another', async () => {
    await phone.open();
    await expect(phone.page.getByRole('listitem').filter({ hasText: 'Bemanning' })).toContainText('Påbörjad');
    await expect(phone.page.getByRole('listitem').filter({ hasText: 'Avslutning' })).toContainText('Inte påbörjad');
    await phone.follow('Fortsätt svara');
  });
  await test.step('then it goes on at the page that was last written on', () =>
    expect(phone.page).toHaveURL(phone.unit.link + PAGES.staffing));
  await test.step('and what is answered stands there', async () => {
    await phone.open(PAGES.centre);
    await expect(phone.page.getByRole('radio', { name: 'Privat' })).toBeChecked();
    await phone.open(PAGES.staffing);
    await expect(phone.cell(PERSONS, 'Dietister')).toHaveValue('1');
  });
  await phone.page.context().close();
});

for (const choice of ['Behåll ”3”', 'Använd ”2”']) {
  test(`A field changed on two devices at once shows both values: ${choice}`, async ({ chief, browser, page, step }) => {
    const phone = await chief.on(await browser.newContext());
    await test.step('given the same page on two devices', async () => {
      await chief.openAwake(PAGES.staffing);
      await phone.openAwake(PAGES.staffing);
    });
    await test.step('when both change the same field, and each another one', async () => {
      await phone.saved(() => phone.type(phone.cell(PERSONS, 'Dietister'), '2'));
      await phone.saved(() => phone.type(phone.cell(POSTS, 'Undersköterskor'), '7'));
      await chief.saved(() => chief.type(chief.cell(POSTS, 'Fysioterapeuter'), '1,5'));
      await chief.saved(() => chief.type(chief.cell(PERSONS, 'Dietister'), '3'));
    });
    await step('then the second to do so is shown both values', async () => {
      await expect(page.getByText('Ändrat på en annan enhet. Här står ”3”, där står ”2”.').first()).toBeVisible();
    });
    await test.step('and what is chosen counts, on both', async () => {
      await chief.saved(() => chief.press(choice));
      for (const device of [chief, phone]) {
        await device.openAwake(PAGES.staffing);
        await expect(device.cell(PERSONS, 'Dietister')).toHaveValue(choice.includes('3') ? '3' : '2');
        await expect(device.page.getByText('Ändrat på en annan enhet')).toBeHidden();
        await expect(device.cell(POSTS, 'Fysioterapeuter')).toHaveValue('1,5');
        await expect(device.cell(POSTS, 'Undersköterskor')).toHaveValue('7');
      }
    });
    await phone.page.context().close();
  });
}

test('A choice made on two devices at once is shown in words', async ({ chief, browser, page }) => {
  const phone = await chief.on(await browser.newContext());
  for (const device of [chief, phone]) await device.open(PAGES.centre);
  await phone.saved(() => phone.choose(/vilken regi/, 'Offentlig'));
  await chief.saved(() => chief.choose(/vilken regi/, 'Privat'));
  await chief.saved(() => page.getByRole('button', { name: 'Använd ”Offentlig”' }).click());
  await expect(page.getByRole('radio', { name: 'Offentlig' })).toBeChecked();
  await phone.page.context().close();
});

test('Two tabs of one browser warn of each other', async ({ chief, context }) => {
  await chief.open(PAGES.centre);
  const tab = await chief.on(context);
  await tab.open(PAGES.centre);
  for (const one of [chief, tab]) await expect(one.status()).toContainText('öppen i en flik till');
});

test('Text typed before the page wakes is intact, 20 times of 20', async ({ chief, page }) => {
  test.setTimeout(120_000);
  const persons = chief.cell(PERSONS, 'Dietister');
  const posts = chief.cell(POSTS, 'Dietister');
  for (let time = 1; time <= 20; time += 1) {
    await test.step(`${time} of 20`, async () => {
      let release = () => {};
      const released = new Promise<void>(resolve => (release = resolve));
      await page.route('**/*.wasm', async route => {
        await released;
        await route.continue();
      });
      await chief.open(PAGES.staffing);
      await persons.fill(`${time}`);
      await posts.fill('');
      release();
      await posts.pressSequentially('1,5 heltid', { delay: 10 });
      await chief.awake();
      await expect(persons).toHaveValue(`${time}`);
      await expect(posts).toHaveValue('1,5 heltid');
      await page.unroute('**/*.wasm');
    });
  }
});
