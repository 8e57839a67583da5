// The figures to reach. A broken one makes the run fail.

const KIB = 1024;

/** `of` reads the figure from the results; `limit` is the largest (or, with `least`, the smallest) that will do. */
export const LIMITS = [
  {
    figure: 'HTML and CSS, with the inline script, as sent',
    of: r => round(r.weight.document / KIB),
    limit: 14,
    unit: 'KiB',
  },
  {
    figure: 'Everything with WASM, headers counted',
    of: r => round(r.speed.ours.bytes / KIB),
    limit: 120,
    unit: 'KiB',
  },
  {
    figure: 'Loads in which WASM was asked for before the page had loaded and painted',
    of: r => r.speed.ours.early,
    limit: 0,
  },
  {
    figure: 'First contentful paint, times the static page',
    of: r => round(r.speed.ours.paint / r.speed.twin.paint, 2),
    limit: 1.3,
  },
  {
    figure: 'First key kept and queued, times the static page',
    of: r => round(r.speed.ours.handled / r.speed.twin.handled, 2),
    limit: 1.3,
  },
  {
    figure: 'Loads in which the first key had to wait for WASM',
    of: r => r.speed.ours.waited,
    limit: 0,
  },
  {
    figure: 'Layout shift, the worst load, islands awake',
    of: r => round(r.speed.ours.worstShift, 4),
    limit: 0,
  },
  {
    figure: 'Total blocking time',
    of: r => Math.round(r.speed.ours.blocking),
    limit: 150,
    unit: 'ms',
  },
  {
    figure: 'Typed before hydration and still there, in the field and at the server',
    of: r => r.hydration.intact,
    limit: 20,
    least: true,
    unit: 'of 20',
  },
  {
    figure: 'Lighthouse performance',
    of: r => r.lighthouse.performance,
    limit: 99,
    least: true,
  },
  {
    figure: 'Lighthouse accessibility',
    of: r => r.lighthouse.accessibility,
    limit: 100,
    least: true,
  },
  {
    figure: 'Lighthouse best practices',
    of: r => r.lighthouse.bestPractices,
    limit: 100,
    least: true,
  },
  {
    figure: 'Axe violations, WCAG 2.2 AA and best practice, all states and modes',
    of: r => r.axe.reduce((sum, audit) => sum + audit.violations.length, 0),
    limit: 0,
  },
  {
    figure: 'Wider than the window at 320 px, the worst state',
    of: r => Math.max(...r.axe.filter(audit => audit.mode === '320 px').map(audit => audit.overflow)),
    limit: 0,
    unit: 'px',
  },
];

export function judge(results) {
  return LIMITS.map(({ figure, of, limit, least, unit = '' }) => {
    const value = of(results);
    const met = least ? value >= limit : value <= limit;
    return { figure, value, limit, least: Boolean(least), unit, met };
  });
}

export function round(value, decimals = 1) {
  const factor = 10 ** decimals;
  return Math.round(value * factor) / factor;
}
