// What was found, for people.
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

import { CPU_SLOWDOWN } from './browser.js';
import { round } from './limits.js';

export function machine(browser) {
  const system = /^PRETTY_NAME="(.*)"$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  return {
    processor: cpus()[0]?.model.trim(),
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system,
    chromium: browser.version(),
    node: process.version,
    date: new Date().toISOString().slice(0, 10),
  };
}

export function markdown(results) {
  const { machine: on, speed, weight, judged, lighthouse, hydration, axe } = results;
  const kib = bytes => round(bytes / 1024);
  const lines = [
    `${on.date}, ${on.processor}, ${on.cores} cores, ${on.memoryGiB} GiB, ${on.system}, Chromium ${on.chromium}.`,
    `Pixel 7, cold cache, CPU ${CPU_SLOWDOWN} × slow, 1.6 Mbit/s, 150 ms, brotli; median of ${speed.runs}, turn by turn;`,
    `${speed.disturbed} turns began while the machine was busy with something else.`,
    '',
    '| figure | measured | limit | |',
    '|---|--:|--:|---|',
    ...judged.map(
      ({ figure, value, limit, least, unit, met }) =>
        `| ${figure} | ${value} ${unit} | ${least ? '≥' : '≤'} ${limit} | ${met ? 'met' : '**missed**'} |`,
    ),
    '',
    '| | static page | ours |',
    '|---|--:|--:|',
    row('everything sent, KiB, headers counted', speed, each => kib(each.bytes)),
    row('first contentful paint, ms', speed, each => Math.round(each.paint)),
    row('first key handled, ms', speed, each => Math.round(each.handled)),
    row('— from, to', speed, each => each.handledRange.map(Math.round).join(' – ')),
    row('total blocking time, ms', speed, each => Math.round(each.blocking)),
    row('— the worst load', speed, each => Math.round(each.worstBlocking)),
    row('script and WASM asked for, ms', speed, each => time(each.asked)),
    row('— all arrived, ms', speed, each => time(each.arrived)),
    '',
    '| weight, brotli | KiB |',
    '|---|--:|',
    `| the document as sent: HTML, CSS, inline script, what the island is told | ${kib(weight.document)} |`,
    `| HTML and CSS alone, compressed as well as can be | ${kib(weight.htmlAndCss)} |`,
    `| the islands' script | ${kib(weight.script)} |`,
    `| the islands' WASM | ${kib(weight.wasm)} |`,
    '',
    `Axe: ${axe.length} audits (${unique(axe, 'state').join(', ')}; ${unique(axe, 'mode').join(', ')}).`,
  ];
  for (const { state, mode, violations } of axe) {
    for (const violation of violations) lines.push(`- axe, ${state}, ${mode}: ${violation}`);
  }
  for (const failure of hydration.failures) lines.push(`- typed text lost: ${JSON.stringify(failure)}`);
  for (const fault of lighthouse.faults) lines.push(`- Lighthouse: ${fault}`);
  for (const fault of speed.ours.faults) lines.push(`- fault in the page: ${fault}`);
  return `${lines.join('\n')}\n`;
}

function row(name, { twin, ours }, of) {
  return `| ${name} | ${of(twin)} | ${of(ours)} |`;
}

function time(milliseconds) {
  return milliseconds === undefined ? '–' : Math.round(milliseconds);
}

function unique(audits, key) {
  return [...new Set(audits.map(audit => audit[key]))];
}
