// Wakes the islands when the page is loaded, painted and idle. Before them, and without them, the page is whole.
const G = globalThis, P = G.PerformanceObserver, D = document, { js, wasm } = D.getElementById('wake').dataset;
const loaded = new Promise(go => addEventListener('load', go));
// The page may have loaded before anything of it can be seen.
const painted = new Promise(go => {
  if (!P?.supportedEntryTypes?.includes('paint')) return go();
  new P((seen, watch) => {
    if (!seen.getEntriesByName('first-contentful-paint').length) return;
    watch.disconnect();
    go();
  }).observe({ type: 'paint', buffered: true });
});
const wake = async () => {
  await loaded;
  await painted;
  await new Promise(go => (G.requestIdleCallback || setTimeout)(go));
  const m = await import(js);
  await m.default({ module_or_path: wasm });
  m.hydrate();
  for (const e of D.querySelectorAll('leptos-island')) m[e.dataset.component](e);
};
wake().catch(() => {});
