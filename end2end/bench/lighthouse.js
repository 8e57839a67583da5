// Lighthouse as it comes: a phone on a simulated slow network, CPU 4 times slow.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

import { CHROMIUM, FLAGS } from './browser.js';
import { idle } from './idle.js';
import { median } from './speed.js';
import { STAFFING } from './vardenkat.js';

const CATEGORIES = { performance: 'performance', accessibility: 'accessibility', bestPractices: 'best-practices' };

export async function measure(server, { runs, patience }) {
  const chrome = await launch({ chromePath: CHROMIUM, chromeFlags: ['--headless', ...FLAGS] });
  try {
    const all = [];
    for (let run = 0; run < runs; run++) {
      await idle(patience);
      const options = {
        port: chrome.port,
        logLevel: 'error',
        onlyCategories: Object.values(CATEGORIES),
      };
      const { lhr } = await lighthouse(server.unusedLink() + STAFFING, options);
      all.push(scores(lhr));
    }
    const middle = Object.keys(CATEGORIES).map(name => [name, median(all.map(each => each[name]))]);
    return { ...Object.fromEntries(middle), faults: [...new Set(all.flatMap(each => each.faults))], runs };
  } finally {
    await chrome.kill();
  }
}

function scores(lhr) {
  const found = Object.entries(CATEGORIES).map(([name, id]) => [name, Math.round(lhr.categories[id].score * 100)]);
  const weighed = Object.values(lhr.categories).flatMap(({ auditRefs }) =>
    auditRefs.filter(({ weight }) => weight > 0).map(({ id }) => id),
  );
  const faults = weighed.filter(id => lhr.audits[id].score !== null && lhr.audits[id].score < 0.9);
  return { ...Object.fromEntries(found), faults };
}
