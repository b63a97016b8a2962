// What pages do besides, where scripts run: keyboard shortcuts, and a quiet word that there is new work. Every page does
// all of its work without this.

const shortcuts = [...document.querySelectorAll('[data-shortcut]')];
if (document.body.dataset.shortcuts === 'on' && shortcuts.length > 0) {
  for (const hint of document.querySelectorAll('.hub-shortcut')) hint.hidden = false;
  for (const element of shortcuts) element.setAttribute('aria-keyshortcuts', element.dataset.shortcut);
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const typed =
      event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
    if (typed && !['radio', 'checkbox'].includes(typed.type)) return;
    const element = shortcuts.find((one) => one.dataset.shortcut === event.key.toLowerCase());
    if (!element) return;
    event.preventDefault();
    // What cannot be taken back is gone to, and pressed by the person.
    if (element.dataset.shortcutDoes === 'press') element.click();
    else element.focus();
  });
}

const banner = document.querySelector('#hub-live');
if (banner) {
  const pollMs = 60_000;
  let source;
  let timer;
  let shown = 0;
  const address = (path) => `${path}?since=${encodeURIComponent(banner.dataset.since)}`;
  const show = (count) => {
    if (count === shown) return;
    shown = count;
    banner.hidden = count === 0;
    banner.querySelector('a').textContent = count === 1 ? '1 new task' : `${count} new tasks`;
  };
  const poll = async () => {
    try {
      const answer = await fetch(address('/queue/news'), { headers: { Accept: 'application/json' } });
      if (answer.ok) show((await answer.json()).count);
      // Whoever is no longer signed in is told when they next do something.
      if (answer.status === 401) stop();
    } catch {
      // The hub is away for a moment: ask again.
    }
  };
  // While the stream is not there, whatever keeps it away, the page asks from time to time.
  const startPolling = () => {
    if (timer !== undefined) return;
    timer = setInterval(poll, pollMs);
    void poll();
  };
  const stopPolling = () => {
    clearInterval(timer);
    timer = undefined;
  };
  function stop() {
    source?.close();
    source = undefined;
    stopPolling();
  }
  const start = () => {
    stop();
    if (!window.EventSource) return startPolling();
    source = new EventSource(address('/queue/live'));
    source.addEventListener('open', stopPolling);
    source.addEventListener('work', (event) => show(JSON.parse(event.data).count));
    source.addEventListener('error', startPolling);
  };
  const look = () => (document.visibilityState === 'visible' ? start() : stop());
  document.addEventListener('visibilitychange', look);
  window.addEventListener('pagehide', stop);
  look();
}
