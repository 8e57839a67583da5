// Keeps every keystroke in the browser and sends it to the server. Needs nothing else, and nothing else needs it.
const D = document, G = globalThis, at = id => D.getElementById(id), on = (place, event, act) => place.addEventListener(event, act);
const f = at('f'), s = at('st'), d = f.dataset;
const mine = `vk:${d.key}:`, own = mine + d.page;
let q = [], L, busy, stuck, timer, wait = 1e3;
try { L = G.localStorage } catch {}
const say = t => { if (s.textContent != t) s.textContent = t };
const store = () => { try { q.length ? L.setItem(own, JSON.stringify(q)) : L.removeItem(own) } catch {} };
const later = ms => { clearTimeout(timer); timer = setTimeout(send, ms) };
const put = (name, value, base = +d.base) => {
  q = q.filter(c => c.name != name);
  q.push({ change: crypto.randomUUID(), name, value, base, page: d.page, at: Date.now() });
  store();
  performance.mark('app-handled');
  later(800);
};
const field = name => f.querySelectorAll(`[name="${name}"]`);
const set = (name, value) => {
  for (const e of field(name)) /radio|checkbox/.test(e.type) ? e.checked = e.value == value : e.value = value;
};
const clash = c => {
  const es = [...field(c.name)], e = es[0], w = D.createElement('div');
  if (!e) return;
  const t = k => d[k].replace(/{(.+?)}/g, (_, k) => e.type == 'radio' && es.find(r => r.value == c[k])?.labels[0].innerText || c[k] || d.empty);
  w.className = 'w c';
  w.append(t('clash'));
  for (const k of ['mine', 'theirs']) {
    const b = D.createElement('button');
    b.type = 'button'; b.className = 'b2'; b.textContent = t(k);
    b.onclick = () => { set(c.name, c[k]); put(c.name, c[k], c.base); w.remove(); e.dispatchEvent(new Event('change', { bubbles: 1 })); e.focus() };
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
    // A network that swallows a request must not hold up the next.
    const r = await fetch(d.save, { method: 'POST', body: JSON.stringify(b), signal: AbortSignal.timeout?.(1e4) });
    if (r.ok) {
      q = q.filter(c => !b.includes(c));
      store();
      wait = 1e3;
      say(d.saved.replace('{time}', new Date().toLocaleTimeString('sv').slice(0, 5)));
      (await r.json()).clashes.forEach(clash);
      if (q.length) later(9);
    } else if (r.status < 500 && r.status != 429) stuck = 1, say(d.refused);
    else throw r;
  } catch {
    say(navigator.onLine ? d.unsaved : d.offline);
    later(wait = Math.min(2 * wait, 3e4));
  }
  busy = 0;
};
on(f, 'input', ({ target: t }) => {
  if (t.name && t.type != 'hidden' && !/:/.test(t.name)) put(t.name, t.type == 'checkbox' ? t.checked ? '1' : '' : t.value);
});
on(f, 'change', () => later(99));
on(f, 'keep', e => put(...e.detail));
// What was typed goes before the form, so that nothing older arrives after it. Without a network the page stays.
on(f, 'submit', async e => {
  if (!q.length || stuck) return;
  e.preventDefault();
  while (busy) await new Promise(r => setTimeout(r, 50));
  await send();
  if (navigator.onLine) stuck = 1, f.requestSubmit(e.submitter);
});
on(D, 'visibilitychange', () => {
  if (D.hidden && q.length) navigator.sendBeacon(d.save, JSON.stringify(q));
});
on(G, 'online', () => later(0));
on(G, 'offline', () => say(d.offline));
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
