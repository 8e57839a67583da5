// Figures taken while the machine does something else say little.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The share of the processors' time that other work may take. */
const BUSY = 0.55;

/** Whether other work left the machine mostly alone before `patience`, in ms, ended. */
export async function idle(patience) {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const before = ticks();
    await sleep(500);
    const after = ticks();
    const busy = 1 - (after.idle - before.idle) / (after.all - before.all);
    if (busy < BUSY) return true;
  }
  return false;
}

function ticks() {
  const [first] = readFileSync('/proc/stat', 'utf8').split('\n');
  const counts = first.trim().split(/\s+/).slice(1).map(Number);
  return { all: counts.reduce((sum, count) => sum + count, 0), idle: counts[3] + counts[4] };
}
