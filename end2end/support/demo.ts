// A fresh demo register, served by the real program on loopback.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Demo {
  /** A directory of its own, with the database in `data`. */
  place: string;
  /** Where it is served. */
  origin: string;
  /** Each centre's personal link, as CSV. */
  links: string;
  stop: () => Promise<void>;
}

/** Runs one of the program's commands to its end. */
export function vardenkat(...words: string[]): string {
  return vardenkatIn({}, ...words);
}

/** The same, with something more in its environment. */
export function vardenkatIn(surroundings: Record<string, string>, ...words: string[]): string {
  const env = { ...process.env, ...surroundings };
  return execFileSync(program(), words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env });
}

export async function serveDemo(
  round: 'not-open' | 'just-opened' | 'open' | 'closed',
  surroundings: Record<string, string> = {},
  words: string[] = [],
): Promise<Demo> {
  const place = mkdtempSync(join(tmpdir(), 'vardenkat-end2end-'));
  const data = join(place, 'data');
  vardenkatIn(surroundings, 'demo', '--data', data, '--round', round, '--fill-only');

  const server = spawn(program(), ['serve', '--data', data, '--listen', '127.0.0.1:0', ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...surroundings },
  });
  const ended = once(server, 'exit');
  const origin = await new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', line => {
      const address = /^Serving on (http\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
    void ended.then(([code]) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    place,
    origin,
    links: vardenkat('link', 'list', '--data', data, '--origin', origin),
    stop: async () => {
      server.kill('SIGTERM');
      await ended;
      rmSync(place, { recursive: true });
    },
  };
}

/** Runs `vardenkat demo`, as somebody who tries the product does. */
export async function tryOut(): Promise<{ origin: string; links: string[]; stop: () => Promise<void> }> {
  const place = mkdtempSync(join(tmpdir(), 'vardenkat-demo-'));
  const server = spawn(program(), ['demo', '--data', join(place, 'data'), '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(server, 'exit');
  const links: string[] = [];
  await new Promise<void>((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', line => {
      const link = /http\S+\/svara\/\S+/.exec(line)?.[0];
      if (link) links.push(link);
      if (line.startsWith('Stop with')) resolve();
    });
    void ended.then(([code]) => reject(new Error(`the demo ended with ${code}`)));
  });
  const [first = ''] = links;
  return {
    origin: new URL(first).origin,
    links,
    stop: async () => {
      server.kill('SIGTERM');
      await ended;
      rmSync(place, { recursive: true });
    },
  };
}

function program(): string {
  const named = process.env.VARDENKAT_BIN;
  if (!named) throw new Error('VARDENKAT_BIN must name the program to test');
  return named;
}
