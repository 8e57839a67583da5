// A region's file on its way into the register and out again, with the keyboard alone, on a wide window and a narrow one.
// It has a demo of its own: what it changes would disturb whoever counts.
import { serveDemo, type Demo } from '../support/demo';
import { choose, press, tabTo } from '../support/keyboard';
import { accounts, signIn, type Session } from '../support/staff';
import { audit, expect, test } from '../support/test';

let demo: Demo;
let administrator: Session;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  demo = await serveDemo('just-opened');
  const data = `${demo.place}/data`;
  const account = accounts(data).find(one => one.role === 'administrator');
  if (!account) throw new Error('the demo has no administrator');
  administrator = await signIn(demo.origin, data, account);
});

test.afterAll(async () => demo.stop());

/** As Excel saves in Sweden: Windows-1252, semicolons, what it is and when above the headings. */
function file(width: number): Buffer {
  const lines = [
    'Vårdcentraler i Region Gotland;;;;;',
    'Uttag 2022-03-01;;;;;',
    '',
    'Beteckning;Vårdcentral;Gatuadress;Ort;Verksamhetschef;Mejl till chefen',
    `g${width};Åkerbärets vårdcentral ${width};Strandgatan 1;Visby;Göran Öst; goran.ost${width} @exempel.se`,
    `h${width};;Strandgatan 2;Visby;Åsa Älv;asa.alv${width}@exempel.se`,
  ];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

for (const width of [1280, 320]) {
  test.describe(`In a window ${width} wide`, () => {
    test.use({ viewport: { width, height: 800 } });

    test('a file is mapped, previewed, accepted, found in the history, and undone', async ({
      page,
      context,
      step,
      fits,
    }) => {
      const cookie = { name: 'vardenkat', value: administrator.cookie, url: demo.origin, httpOnly: true };
      await context.addCookies([cookie]);
      const name = `Åkerbärets vårdcentral ${width}`;

      await step('The register leads to reading files', async () => {
        await page.goto(`${demo.origin}/admin/register`);
        await fits();
        await press(page, page.getByRole('link', { name: 'Läs in en fil' }));
        await expect(page.getByRole('heading', { level: 1, name: 'Läs in filer' })).toBeVisible();
        await fits();
      });

      await step('Without a file it says what is missing', async () => {
        await press(page, page.getByRole('button', { name: 'Gå vidare' }));
        await expect(page.getByRole('alert')).toContainText('Välj en fil.');
        await expect(page).toHaveTitle(/^Fel: /);
      });

      await step('A file is sent, and its columns are guessed', async () => {
        await choose(page, page.getByLabel('Avsändare'), 'Region Gotland');
        await page.getByLabel('Fil', { exact: true }).setInputFiles({
          name: 'gotland.csv',
          mimeType: 'text/csv',
          buffer: file(width),
        });
        await press(page, page.getByRole('button', { name: 'Gå vidare' }));
        await expect(page.getByRole('heading', { level: 1, name: 'Vad betyder kolumnerna?' })).toBeVisible();
        await expect(page.getByText('Windows-1252')).toBeVisible();
        await expect(page.getByLabel('Innehåller: Vårdcentral').locator('option:checked')).toHaveText('Namn');
        await fits();
      });

      await step('A column is decided, and the file is said to hold a part', async () => {
        await choose(page, page.getByLabel('Innehåller: Beteckning'), 'Nyckel');
        await tabTo(page, page.getByLabel('Filen innehåller bara en del av enheterna'));
        await page.keyboard.press('Space');
        await press(page, page.getByRole('button', { name: 'Granska' }));
        await expect(page.getByRole('heading', { level: 1, name: 'Granska filen' })).toBeVisible();
      });

      await step('The preview tells what is new and what is wrong, and has changed nothing', async () => {
        const added = page.getByRole('table', { name: 'Nya enheter' });
        await expect(added).toContainText(name);
        await expect(added).toContainText(`Göran Öst, goran.ost${width}@exempel.se`);
        const wrong = page.getByRole('table', { name: 'Rader med fel som inte tas med' });
        await expect(wrong.getByRole('row').filter({ hasText: 'Enheten saknar namn.' })).toContainText('6');
        await fits();
        const other = await context.newPage();
        await other.goto(`${demo.origin}/admin/register/enheter/g${width}`);
        await expect(other.getByRole('heading', { level: 1 })).toHaveText('Sidan finns inte');
        await other.close();
      });

      await step('Accepted, it stands among the files that were read', async () => {
        await press(page, page.getByRole('button', { name: 'Läs in i registret' }));
        await expect(page.getByRole('status')).toContainText('gotland.csv är inläst: 1 nya, 0 ändrade och 0 borttagna');
        await fits();
      });

      await step('The unit is found, and its history tells the file', async () => {
        await page.goto(`${demo.origin}/admin/register`);
        await tabTo(page, page.getByLabel('Sök'));
        await page.keyboard.type(`åkerbärets vårdcentral ${width}`);
        await page.keyboard.press('Enter');
        await press(page, page.getByRole('link', { name }));
        const history = page.getByRole('table', { name: 'Historik' });
        await expect(history.getByRole('row').filter({ hasText: 'Ny i registret' })).toContainText('Filen gotland.csv');
        await expect(page.getByText('Räknas med i undersökningen.')).toBeVisible();
        await fits();
      });

      await step('A new chief is named by hand', async () => {
        await press(page, page.getByRole('link', { name: 'Ändra chef' }));
        await expect(page.getByRole('heading', { level: 1, name: `Chef för ${name}` })).toBeVisible();
        await fits();
        const email = page.getByLabel('E-postadress');
        await tabTo(page, page.getByLabel('Namn'));
        await page.keyboard.press('Control+a');
        await page.keyboard.type('Åsa Älv');
        await tabTo(page, email);
        await page.keyboard.press('Control+a');
        await page.keyboard.type('ingen adress');
        await page.keyboard.press('Enter');
        await expect(page.getByRole('alert')).toContainText('Skriv en e-postadress som namn@region.se.');
        await tabTo(page, email);
        await page.keyboard.press('Control+a');
        await page.keyboard.type(`asa.alv${width}@exempel.se`);
        await page.keyboard.press('Enter');
        await expect(page.getByRole('status')).toContainText('Ändringen är sparad.');
        await expect(page.getByRole('table', { name: 'Chefer och mottagare' })).toContainText('Åsa Älv');
      });

      await step('The import cannot be undone under a later change', async () => {
        await page.goto(`${demo.origin}/admin/register/import`);
        const row = page.getByRole('row').filter({ hasText: 'gotland.csv' }).first();
        await press(page, row.getByRole('link', { name: 'Ångra: gotland.csv' }));
        await press(page, page.getByRole('button', { name: 'Ångra inläsningen' }));
        await expect(page.getByRole('heading', { level: 1, name: 'Inläsningen går inte att ångra' })).toBeVisible();
        await expect(page.getByRole('table')).toContainText('Mottagaren slutade');
        await fits();
      });

      await step('Another file with a new address is undone, and the old one holds again', async () => {
        await page.goto(`${demo.origin}/admin/register/import`);
        await choose(page, page.getByLabel('Avsändare'), 'Region Gotland');
        await page.getByLabel('Fil', { exact: true }).setInputFiles({
          name: 'gotland-2.csv',
          mimeType: 'text/csv',
          buffer: Buffer.from(
            file(width).toString('latin1').replace('Strandgatan 1', 'Hamngatan 9').replace('Göran Öst; goran.ost', 'Åsa Älv; asa.alv'),
            'latin1',
          ),
        });
        await press(page, page.getByRole('button', { name: 'Gå vidare' }));
        await expect(page.getByText('som förra gången').first()).toBeVisible();
        await tabTo(page, page.getByLabel('Filen innehåller bara en del av enheterna'));
        await page.keyboard.press('Space');
        await press(page, page.getByRole('button', { name: 'Granska' }));
        const changed = page.getByRole('table', { name: 'Ändrade enheter' });
        await expect(changed).toContainText('Hamngatan 9');
        await press(page, page.getByRole('button', { name: 'Läs in i registret' }));
        const row = page.getByRole('row').filter({ hasText: 'gotland-2.csv' }).first();
        await press(page, row.getByRole('link', { name: 'Ångra: gotland-2.csv' }));
        await press(page, page.getByRole('button', { name: 'Ångra inläsningen' }));
        await expect(page.getByRole('status')).toContainText('Inläsningen av gotland-2.csv är ångrad.');
        await page.goto(`${demo.origin}/admin/register/enheter/g${width}`);
        await expect(page.getByText('Strandgatan 1').first()).toBeVisible();
        await expect(page.getByRole('table', { name: 'Historik' })).toContainText('Ångrad inläsning av gotland-2.csv');
      });
    });
  });
}

test('a file that is no register is refused in plain words', async ({ page, context, step }) => {
  await context.addCookies([{ name: 'vardenkat', value: administrator.cookie, url: demo.origin, httpOnly: true }]);
  await step('A PDF is sent', async () => {
    await page.goto(`${demo.origin}/admin/register/import`);
    await choose(page, page.getByLabel('Avsändare'), 'Region Gotland');
    await page.getByLabel('Fil', { exact: true }).setInputFiles({
      name: 'register.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.7 …'),
    });
    await press(page, page.getByRole('button', { name: 'Gå vidare' }));
    await expect(page.getByRole('heading', { level: 1, name: 'Filen går inte att läsa' })).toBeVisible();
    await expect(page.getByText('Filen är en PDF.')).toBeVisible();
  });
});

test('a file of a whole country and more tells how far it has come, and ends in its preview', async ({
  page,
  context,
  step,
  fits,
}) => {
  test.setTimeout(180_000);
  const rows = 40_000;
  await context.addCookies([{ name: 'vardenkat', value: administrator.cookie, url: demo.origin, httpOnly: true }]);
  const lines = ['Nyckel;Namn;Ort;E-post'];
  for (let row = 0; row < rows; row += 1) lines.push(`stor${row};Storvikens vårdcentral ${row};Visby;chef${row}@exempel.se`);
  await step('The file is sent, and its columns are shown', async () => {
    await page.goto(`${demo.origin}/admin/register/import`);
    await choose(page, page.getByLabel('Avsändare'), 'Region Gotland');
    await page.getByLabel('Fil', { exact: true }).setInputFiles({
      name: 'stor.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(lines.join('\r\n')),
    });
    await press(page, page.getByRole('button', { name: 'Gå vidare' }));
    await expect(page.getByRole('heading', { level: 1, name: 'Vad betyder kolumnerna?' })).toBeVisible({ timeout: 60_000 });
  });

  // Not a step of its own: the page that tells comes anew by itself, and an audit takes longer than it stays.
  await tabTo(page, page.getByLabel('Filen innehåller bara en del av enheterna'));
  await page.keyboard.press('Space');
  await press(page, page.getByRole('button', { name: 'Granska' }));
  const told = page.getByRole('heading', { level: 1, name: 'stor.csv läses' });
  await expect(told).toBeVisible();
  await expect(page.getByRole('progressbar')).toBeVisible();
  await expect(page.getByRole('status')).toContainText(/(Kontrollerar raderna|Jämför med registret|Börjar) \d+ %/);
  await expect(async () => {
    await expect(told).toBeVisible();
    await audit(page);
  }).toPass();

  await step('By itself it comes to the preview, which counts every row', async () => {
    await expect(page.getByRole('heading', { level: 1, name: 'Granska filen' })).toBeVisible({ timeout: 120_000 });
    await expect(page.getByRole('main')).toContainText(/40\s000/);
    await fits();
  });
});
