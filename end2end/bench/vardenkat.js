// The program under measurement: a fresh demo register, served on loopback.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import { sent } from './sent.js';

/** Below a chief's personal link. */
export const STAFFING = '/avsnitt/bemanning/1';
/** In ms. */
const BROTLI_PATIENCE = 120_000;

export async function start(program) {
  const place = mkdtempSync(join(tmpdir(), 'vardenkat-bench-'));
  const data = join(place, 'data');
  execFileSync(program, ['demo', '--data', data, '--round', 'just-opened', '--fill-only'], { stdio: 'ignore' });
  const server = spawn(program, ['serve', '--data', data, '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(server, 'exit');
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
    rmSync(place, { recursive: true });
  };
  try {
    const origin = await new Promise((resolve, reject) => {
      createInterface({ input: server.stdout }).on('line', line => {
        const address = /^Serving on (http\S+)/.exec(line)?.[1];
        if (address) resolve(address);
      });
      ended.then(([code]) => reject(new Error(`the server ended with ${code}`)));
    });
    const links = execFileSync(program, ['link', 'list', '--data', data, '--origin', origin])
      .toString()
      .match(/https?:\/\/\S+$/gm);
    let used = 0;
    // Each load gets a centre of its own, so that what an earlier one typed is not on its page.
    const unusedLink = () => {
      const link = links[used++];
      if (!link) throw new Error('no unused centre is left');
      return link;
    };
    return { origin, unusedLink, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The bytes of what a page asks for, script first, once the server has finished compressing it. */
export async function assets(origin, html) {
  const addresses = ['data-js', 'data-wasm'].map(name => {
    const path = new RegExp(`${name}="([^"]+)"`).exec(html)?.[1];
    if (!path) throw new Error('the program was built without its islands');
    return origin + path;
  });
  const [script, wasm] = await Promise.all(addresses.map(compressed));
  return { script, wasm };
}

async function compressed(address) {
  const end = Date.now() + BROTLI_PATIENCE;
  while (Date.now() < end) {
    const { bytes, headers } = await sent(address);
    // Until then it is compressed anew for each who asks, not as well, and sent without its length.
    if (headers['content-encoding'] === 'br' && headers['content-length']) return bytes;
    await sleep(500);
  }
  throw new Error(`${new URL(address).pathname} is still not compressed`);
}
