// Before the tests: a demo that all of them share. After them: stopped and swept away.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { serveDemo } from './demo';

export default async function serve(): Promise<() => Promise<void>> {
  const { place, links, stop } = await serveDemo('just-opened');
  writeFileSync(join(place, 'links.csv'), links);
  mkdirSync(join(place, 'taken'));
  process.env.VARDENKAT_PLACE = place;
  return stop;
}
