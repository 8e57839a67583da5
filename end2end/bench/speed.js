// Our page and its static twin, turn by turn, so that whatever else the machine does meets both alike.
import { idle } from './idle.js';
import { load } from './load.js';
import { STAFFING } from './vardenkat.js';

/** `patience`: how long a turn waits for the machine to be mostly idle, in ms. */
export async function measure(browser, server, twin, { runs, patience }) {
  const pages = {
    twin: { islands: false, address: () => twin.address },
    ours: { islands: true, address: () => server.unusedLink() + STAFFING },
  };
  const loads = { twin: [], ours: [] };
  let disturbed = 0;
  // The first turn only warms up.
  for (let run = 0; run <= runs; run++) {
    for (const [name, { islands, address }] of Object.entries(pages)) {
      if (!(await idle(patience))) disturbed++;
      const alone = await load(browser, address(), { typing: false, islands });
      const typed = await load(browser, address(), { typing: true, islands });
      if (run > 0) loads[name].push({ alone, typed });
    }
  }
  return { twin: summary(loads.twin), ours: summary(loads.ours), disturbed, runs };
}

function summary(loads) {
  const alone = loads.map(each => each.alone);
  const typed = loads.map(each => each.typed);
  const handled = typed.map(each => each.handled);
  return {
    bytes: median(alone.map(each => each.bytes)),
    paint: median(alone.map(each => each.paint)),
    handled: median(handled),
    handledRange: [Math.min(...handled), Math.max(...handled)],
    blocking: median(alone.map(each => each.blocking)),
    worstBlocking: Math.max(...alone.map(each => each.blocking)),
    worstShift: Math.max(...[...alone, ...typed].map(each => each.shift)),
    early: [...alone, ...typed].filter(each => each.asked < Math.max(each.loaded, each.paint)).length,
    waited: typed.filter(each => each.handled >= each.arrived).length,
    asked: median(alone.map(each => each.asked)),
    arrived: median(alone.map(each => each.arrived)),
    faults: [...new Set([...alone, ...typed].flatMap(each => each.faults))],
    loads,
  };
}

export function median(values) {
  const known = values.filter(value => value !== undefined).sort((a, b) => a - b);
  return known[Math.floor(known.length / 2)];
}
