// Before the tests: a demo that all of them share. After them: stopped and swept away.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { serveDemo } from './demo';
import { accounts, signIn, type Session } from './staff';

export default async function serve(): Promise<() => Promise<void>> {
  const { place, origin, links, stop } = await serveDemo('just-opened');
  writeFileSync(join(place, 'links.csv'), links);
  mkdirSync(join(place, 'taken'));
  const data = join(place, 'data');
  const sessions: Record<string, Session> = {};
  for (const account of accounts(data)) sessions[account.role] = await signIn(origin, data, account);
  writeFileSync(join(place, 'sessions.json'), JSON.stringify(sessions));
  process.env.VARDENKAT_PLACE = place;
  return stop;
}
