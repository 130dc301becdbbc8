/** Makes an element: el('button', {class: 'primary', onclick: …}, 'Text', child, …). Text is never read as HTML. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Replaces what the element holds, unless it would look the same: whoever reads or types there is not disturbed. */
export function show(element, key, make) {
  const text = JSON.stringify(key);
  if (element.dataset.shown === text) return;
  element.dataset.shown = text;
  element.replaceChildren(...[make()].flat(Infinity).filter(Boolean));
}

/** Says at the edge of the page what happened. */
export function notify(text) {
  const notice = el('p', {}, text);
  document.getElementById('notices').replaceChildren(notice);
  setTimeout(() => notice.remove(), 8000);
}

/** What went wrong, and what to do next. Problem documents are in English. */
export function problem(error) {
  const what = error.title ? el('div', { lang: 'en' }, el('strong', {}, error.title), ' ', error.message) : error.message;
  return el('div', { class: 'alert', role: 'alert' }, what);
}

/** Runs a step now and every so many milliseconds while somebody looks. Returns how to stop it. */
export function repeat(milliseconds, step) {
  let stopped = false;
  let timer = 0;
  const run = async () => {
    clearTimeout(timer);
    if (!document.hidden) await step();
    if (!stopped) timer = setTimeout(run, milliseconds);
  };
  const look = () => document.hidden || stopped || run();
  document.addEventListener('visibilitychange', look);
  run();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  };
}
