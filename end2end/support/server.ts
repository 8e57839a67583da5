// Before the tests: a fresh demo register, served by the real program on loopback. After them: stopped and swept away.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export default async function serve(): Promise<() => Promise<void>> {
  const program = process.env.VARDENKAT_BIN;
  if (!program) throw new Error('VARDENKAT_BIN must name the program to test');
  const place = mkdtempSync(join(tmpdir(), 'vardenkat-end2end-'));
  const data = join(place, 'data');
  execFileSync(program, ['demo', '--data', data, '--fill-only'], { stdio: 'ignore' });

  const server = spawn(program, ['serve', '--data', data, '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = once(server, 'exit');
  const origin = await new Promise<string>((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', line => {
      const address = /^Serving on (http\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
    void ended.then(([code]) => reject(new Error(`the server ended with ${code}`)));
  });

  const links = execFileSync(program, ['link', 'list', '--data', data, '--origin', origin]);
  writeFileSync(join(place, 'links.csv'), links);
  mkdirSync(join(place, 'taken'));
  process.env.VARDENKAT_PLACE = place;

  return async () => {
    server.kill('SIGTERM');
    await ended;
    rmSync(place, { recursive: true });
  };
}
