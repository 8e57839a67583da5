// A demo of its own whose clock the test sets, and whose mail ends in the mailbox inside the product.
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { serveDemo, type Demo } from './demo';
import { accounts, signIn, type Session } from './staff';

const DAY = 24 * 60 * 60 * 1000;

export interface Rehearsal extends Demo {
  /** What the clock showed when the rehearsal began: a morning at nine, in Swedish winter time. */
  began: Date;
  /** It is so many days after the beginning, at nine in the morning of summer or winter time alike. */
  dayIs: (day: number) => void;
  /** Somebody signs in; a session does not outlast a day. */
  signIn: () => Promise<Session>;
}

export async function rehearse(began: Date): Promise<Rehearsal> {
  const clock = join(process.env.VARDENKAT_PLACE ?? '', `clock-${process.pid}-${Date.now()}`);
  const tell = (moment: number): void => {
    // Whole or not at all: the server reads it at any time.
    writeFileSync(`${clock}.new`, String(moment));
    renameSync(`${clock}.new`, clock);
  };
  tell(began.getTime());
  const surroundings = { VARDENKAT_CLOCK: clock };
  const demo = await serveDemo('not-open', surroundings, ['--mail', 'mailbox']);
  const data = join(demo.place, 'data');
  const account = accounts(data).find(one => one.role === 'administrator');
  if (!account) throw new Error('the demo has no administrator');
  return {
    ...demo,
    began,
    dayIs: day => tell(began.getTime() + day * DAY),
    signIn: () => signIn(demo.origin, data, account, surroundings),
  };
}
