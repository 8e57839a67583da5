// Somebody on the staff of the demo, signed in once for each role and shared by all tests.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { vardenkat, vardenkatIn } from './demo';

export type Role = 'administrator' | 'analyst' | 'reader';

export const ROLES: Role[] = ['administrator', 'analyst', 'reader'];

export interface Account {
  email: string;
  role: Role;
  password: string;
}

export interface Session {
  origin: string;
  /** The session cookie's value. */
  cookie: string;
}

/** The demo's own accounts, with their passwords. */
export function accounts(data: string): Account[] {
  const [, ...lines] = readFileSync(join(data, 'demo-accounts.csv'), 'utf8').trim().split('\n');
  return lines.map(line => {
    const [email = '', role, password = ''] = line.split(',');
    return { email, role: role as Role, password };
  });
}

/** A one-time code of a demo account that works now. */
export function code(data: string, email: string, surroundings: Record<string, string> = {}): string {
  return vardenkatIn(surroundings, 'user', 'code', '--data', data, '--email', email).trim();
}

/** Signs in as a browser does, form by form. */
export async function signIn(
  origin: string,
  data: string,
  account: Account,
  surroundings: Record<string, string> = {},
): Promise<Session> {
  let cookies: Record<string, string> = {};
  const post = async (path: string, fields: Record<string, string>): Promise<void> => {
    const answer = await fetch(origin + path, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        origin,
        cookie: Object.entries(cookies)
          .map(([name, value]) => `${name}=${value}`)
          .join('; '),
      },
      body: new URLSearchParams(fields),
    });
    if (answer.status !== 303) throw new Error(`${path} answered ${answer.status} to ${account.email}`);
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies = { ...cookies, [name]: value };
    }
  };
  await post('/admin/logga-in', { email: account.email, password: account.password });
  await post('/admin/logga-in/kod', { code: code(data, account.email, surroundings) });
  return { origin, cookie: cookies['vardenkat'] ?? '' };
}

/** The session of a role that was begun before the tests. */
export function session(role: Role): Session {
  const place = process.env.VARDENKAT_PLACE ?? '';
  const sessions = JSON.parse(readFileSync(join(place, 'sessions.json'), 'utf8')) as Record<Role, Session>;
  return sessions[role];
}

/** A new account that nobody has signed in to, and its first password. */
export function addAccount(role: Role, email: string, name: string): string {
  const data = join(process.env.VARDENKAT_PLACE ?? '', 'data');
  const told = vardenkat('user', 'add', '--data', data, '--email', email, '--name', name, '--role', role);
  return /first sign-in: (\S+)/.exec(told)?.[1] ?? '';
}

