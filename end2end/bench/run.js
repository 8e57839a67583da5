// Measures the staffing page as a chief meets it, beside the same page without scripts. Exits 1 when a limit is broken.
//
//   VARDENKAT_BIN=… node run.js [--runs 7] [--patience 30]
//
// `patience`: how many seconds a turn waits for other work on the machine to end.
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import * as axe from './axe.js';
import { launch } from './browser.js';
import * as hydration from './hydration.js';
import * as lighthouse from './lighthouse.js';
import { judge } from './limits.js';
import { machine, markdown } from './report.js';
import { sent } from './sent.js';
import * as speed from './speed.js';
import * as twins from './twin.js';
import { STAFFING, assets, start } from './vardenkat.js';

const { values: options } = parseArgs({
  options: {
    runs: { type: 'string', default: '7' },
    patience: { type: 'string', default: '30' },
  },
});
const patience = Number(options.patience) * 1000;
const program = process.env.VARDENKAT_BIN;
if (!program) throw new Error('VARDENKAT_BIN must name the program to measure');

const server = await start(program);
const address = server.unusedLink() + STAFFING;
const html = await (await fetch(address)).text();
const { script, wasm } = await assets(server.origin, html);
const twin = await twins.serve(html);
const browser = await launch();

const results = { machine: machine(browser) };
try {
  results.weight = {
    document: (await sent(address)).bytes,
    htmlAndCss: twin.bytes,
    script,
    wasm,
  };
  say('axe');
  results.axe = await axe.audit(browser, server);
  say('typing before hydration');
  results.hydration = await hydration.measure(browser, server, 20);
  say('speed');
  results.speed = await speed.measure(browser, server, twin, { runs: Number(options.runs), patience });
  say('Lighthouse');
  results.lighthouse = await lighthouse.measure(server, { runs: 3, patience });
} finally {
  await browser.close();
  twin.stop();
  await server.stop();
}

results.judged = judge(results);
const report = markdown(results);
const folder = new URL('../../target/bench/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('pages.json', folder), JSON.stringify(results, null, 1));
writeFileSync(new URL('pages.md', folder), report);
console.log(`\n${report}\nThe same and more stands in target/bench/pages.json and pages.md.`);
if (results.judged.some(({ met }) => !met) || results.speed.ours.faults.length) process.exitCode = 1;

function say(what) {
  console.log(`measuring: ${what}`);
}
