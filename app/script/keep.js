// Keeps every keystroke in the browser and sends it to the server. Needs nothing else, and nothing else needs it.
const f = document.getElementById('f'), s = document.getElementById('st'), d = f.dataset;
const mine = `vk:${d.key}:`, own = mine + d.page, L = globalThis.localStorage;
let q = [], busy, timer, wait = 1e3;
const say = t => { if (s.textContent != t) s.textContent = t };
const store = () => { try { q.length ? L.setItem(own, JSON.stringify(q)) : L.removeItem(own) } catch {} };
const uuid = () => '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, c => (c ^ crypto.getRandomValues(new Uint8Array(1))[0] & 15 >> c / 4).toString(16));
const later = ms => { clearTimeout(timer); timer = setTimeout(send, ms) };
const put = (name, value, base = +d.base) => {
  q = q.filter(c => c.name != name);
  q.push({ change: uuid(), name, value, base, page: d.page, at: Date.now() });
  store();
  performance.mark('app-handled');
  later(800);
};
const set = (name, value) => {
  for (const e of f.querySelectorAll(`[name="${name}"]`)) /radio|checkbox/.test(e.type) ? e.checked = e.value == value : e.value = value;
};
const clash = c => {
  const e = f.querySelector(`[name="${c.name}"]`), w = document.createElement('div');
  if (!e) return;
  const t = k => d[k].replace('{mine}', () => c.mine || d.empty).replace('{theirs}', () => c.theirs || d.empty);
  w.className = 'w c';
  w.append(t('clash'));
  for (const k of ['mine', 'theirs']) {
    const b = document.createElement('button');
    b.type = 'button'; b.className = 'b2'; b.textContent = t(k);
    b.onclick = () => { set(c.name, c[k]); put(c.name, c[k], c.base); w.remove(); e.dispatchEvent(new Event('change', { bubbles: true })); e.focus() };
    w.append(b);
  }
  (e.closest('td,.q') || f).append(w);
  say(t('clash'));
};
const send = async () => {
  if (busy || !q.length) return;
  busy = 1;
  const b = q.slice(0, 99);
  try {
    const r = await fetch(d.save, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(b) });
    if (r.ok) {
      q = q.filter(c => !b.includes(c));
      store();
      wait = 1e3;
      say(d.saved.replace('{time}', new Date().toLocaleTimeString('sv').slice(0, 5)));
      (await r.json()).clashes.forEach(clash);
      if (q.length) later(9);
    } else if (r.status < 500 && r.status != 429) say(d.refused);
    else throw r;
  } catch {
    say(navigator.onLine ? d.unsaved : d.offline);
    later(wait = Math.min(2 * wait, 3e4));
  }
  busy = 0;
};
const flush = () => q.length && navigator.sendBeacon(d.save, new Blob([JSON.stringify(q)], { type: 'application/json' }));
f.addEventListener('input', ({ target: t }) => {
  if (t.name && t.type != 'hidden' && !/:/.test(t.name)) put(t.name, t.type == 'checkbox' ? t.checked ? '1' : '' : t.value);
});
f.addEventListener('change', () => later(99));
f.addEventListener('keep', e => put(...e.detail));
addEventListener('pagehide', flush);
document.addEventListener('visibilitychange', () => document.hidden && flush());
addEventListener('online', () => later(0));
addEventListener('offline', () => say(d.offline));
// What an earlier page could not send is shown again, and sent.
try {
  for (const k of Object.keys(L).filter(k => k.startsWith(mine))) {
    q.push(...JSON.parse(L[k]));
    L.removeItem(k);
  }
  q.forEach(c => set(c.name, c.value));
} catch {}
say(d.idle);
if (q.length) store(), later(0);
const tabs = new BroadcastChannel(mine);
tabs.onmessage = e => { say(d.tabs); if (e.data) tabs.postMessage(0) };
tabs.postMessage(1);
// The islands come last.
const k = document.getElementById('keep').dataset;
const wake = async () => {
  const m = await import(k.js);
  await m.default({ module_or_path: k.wasm });
  m.hydrate();
  for (const e of document.querySelectorAll('leptos-island')) m[e.dataset.component](e);
};
if (k.js) addEventListener('load', () => (globalThis.requestIdleCallback || setTimeout)(() => wake().catch(() => {})));
