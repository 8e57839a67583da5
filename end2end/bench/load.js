// One load of one page, as a chief meets it: alone, or with somebody typing from the moment a field can be seen.
import { setTimeout as sleep } from 'node:timers/promises';

import { slowPhone } from './browser.js';

const FIELD = 'main input[type=text]';
const KEY = { key: '7', code: 'Digit7', windowsVirtualKeyCode: 55 };
const PATIENCE = 60_000;
/** Between two keys of the typist, in ms. */
const PACE = 100;
/** A longer task blocks by what it exceeds this, in ms. */
const LONG = 50;

/** Runs in the page before anything of its own. */
function observe({ field, typing }) {
  const seen = { tasks: [], shift: 0 };
  window.__seen = seen;
  const watch = (type, each) =>
    new PerformanceObserver(list => list.getEntries().forEach(each)).observe({ type, buffered: true });
  watch('longtask', task => seen.tasks.push([task.startTime, task.duration]));
  watch('layout-shift', shift => {
    if (!shift.hadRecentInput) seen.shift += shift.value;
  });
  addEventListener('input', () => (seen.input ??= performance.now()), true);
  const look = () => {
    const element = document.querySelector(field);
    const painted = performance.getEntriesByName('first-contentful-paint').length > 0;
    if (painted && element?.getClientRects().length && !element.disabled) {
      seen.visible = performance.now();
      if (typing) {
        element.focus({ preventScroll: true });
        window.__tell('visible');
      }
      return;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  if (!typing) return;
  addEventListener('input', () => window.__tell('input'), true);
  watch('mark', mark => mark.name === 'app-handled' && window.__tell('app-handled'));
}

/** Runs in the page when all is quiet. `mark` names what stands for "handled"; without it, the browser's own input event does. */
function collect(mark) {
  const { tasks, shift, input } = window.__seen;
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  const [navigation] = performance.getEntriesByType('navigation');
  const islands = performance
    .getEntriesByType('resource')
    .filter(({ name }) => /\/assets\/.*\.(js|wasm)$/.test(name));
  return {
    paint: paint.startTime,
    handled: mark ? performance.getEntriesByName(mark)[0]?.startTime : input,
    loaded: navigation.loadEventEnd,
    asked: islands.length ? Math.min(...islands.map(({ startTime }) => startTime)) : undefined,
    arrived: islands.length ? Math.max(...islands.map(({ responseEnd }) => responseEnd)) : undefined,
    tasks: tasks.filter(([start, length]) => start + length > paint.startTime),
    shift,
  };
}

/** `islands` tells whether the page wakes any: then it is measured when they are awake. */
export async function load(browser, address, { typing, islands }) {
  const mark = islands ? 'app-handled' : undefined;
  const { context, page, session } = await slowPhone(browser);
  try {
    const faults = [];
    page.on('pageerror', error => faults.push(String(error)));
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));

    const told = new Set();
    await session.send('Runtime.enable');
    await session.send('Runtime.addBinding', { name: '__tell' });
    session.on('Runtime.bindingCalled', ({ payload }) => told.add(payload));
    await page.addInitScript(observe, { field: FIELD, typing });

    await page.goto(address, { waitUntil: 'commit', timeout: PATIENCE });
    if (typing) await type(session, told, mark ?? 'input');
    await page.waitForLoadState('load', { timeout: PATIENCE });
    if (islands) await until(session, awake);
    await quiet(session);
    const figures = await page.evaluate(collect, mark);
    const blocking = figures.tasks.reduce((sum, [, length]) => sum + Math.max(0, length - LONG), 0);
    return { ...figures, blocking, bytes, faults };
  } finally {
    await context.close();
  }
}

/** A real key every tenth of a second, until the page has handled one. */
async function type(session, told, handled) {
  const end = Date.now() + PATIENCE;
  while (!told.has('visible')) {
    if (Date.now() > end) throw new Error('waited a minute for a field to be seen');
    await sleep(5);
  }
  while (!told.has(handled)) {
    if (Date.now() > end) throw new Error('typed for a minute, and no key was handled');
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', text: KEY.key, ...KEY });
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...KEY });
    for (let waited = 0; waited < PACE && !told.has(handled); waited += 10) await sleep(10);
  }
}

/** Runs in the page. */
function awake() {
  return document.documentElement.classList.contains('live');
}

/** Runs in the page. No long task for two seconds. */
function idle() {
  const [start, length] = window.__seen.tasks.at(-1) ?? [0, 0];
  return performance.now() - (start + length) > 2000;
}

async function quiet(session) {
  await sleep(1500);
  await until(session, idle);
}

/** Asks by the protocol alone: Playwright's own waiting puts a script into the page that blocks it for longer than ours do. */
async function until(session, holds) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const { result } = await session.send('Runtime.evaluate', { expression: `(${holds})()`, returnByValue: true });
    if (result.value === true) return;
    if (Date.now() > end) throw new Error(`waited a minute until the page was ${holds.name}`);
    await sleep(200);
  }
}
