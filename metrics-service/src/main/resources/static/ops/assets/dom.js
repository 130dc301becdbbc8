/** Makes an element: el('button', {class: 'primary', onclick: …}, 'Text', child, …). Nothing is ever parsed as HTML. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key.startsWith('on')) {
      element.addEventListener(key.slice(2), value);
    } else {
      element.setAttribute(key, value === true ? '' : value);
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined));
  return element;
}

/** A heading with what belongs under it. */
export function section(title, ...children) {
  const id = 'section-' + title.toLowerCase().replace(/[^a-z]+/g, '-');
  return el('section', {class: 'card', 'aria-labelledby': id}, el('h2', {id}, title), ...children);
}

/**
 * A table. Columns are {head, cell(row), number, wide}: those that are wide are left out on a narrow page. Wider than the page
 * all the same, it scrolls by itself.
 */
export function table(caption, columns, rows) {
  const kind = column => [column.number ? 'number' : null, column.wide ? 'wide' : null].filter(Boolean).join(' ') || null;
  return el('div', {class: 'scroll', role: 'region', 'aria-label': caption, tabindex: '0'},
    el('table', {},
      el('caption', {class: 'hidden'}, caption),
      el('thead', {}, el('tr', {}, columns.map(column => el('th', {scope: 'col', class: kind(column)}, column.head)))),
      el('tbody', {}, rows.map(row => el('tr', {}, columns.map((column, index) =>
        el(index === 0 ? 'th' : 'td', {scope: index === 0 ? 'row' : null, class: kind(column)}, column.cell(row))))))));
}

/** Terms and what they are, one beneath the other. */
export function facts(pairs) {
  return el('dl', {class: 'facts'}, pairs.map(([term, ...value]) => el('div', {}, el('dt', {}, term), el('dd', {}, ...value))));
}

/** A figure that is seen from afar, and a line about it. */
export function tile(label, figure, note, tone = null) {
  return el('div', {class: 'tile' + (tone ? ' ' + tone : '')},
    el('dt', {}, label), el('dd', {}, el('strong', {}, figure), note ? el('span', {}, note) : null));
}

/** Replaces what the element holds, unless it looks the same: what has the focus keeps it. */
export function show(element, key, make) {
  const text = JSON.stringify(key);
  if (element.dataset.shown !== text) {
    element.dataset.shown = text;
    element.replaceChildren(...[make()].flat().filter(Boolean));
  }
}

/** Says at the edge of the page what happened. */
export function notify(text) {
  const notice = el('p', {}, text);
  document.getElementById('notices').replaceChildren(notice);
  setTimeout(() => notice.remove(), 8000);
}

export function alertOf(error) {
  return el('div', {class: 'alert', role: 'alert'}, el('strong', {}, error.title ?? 'That did not work'), ' ', error.message);
}

/**
 * Asks before something is done, and names what will happen.
 *
 * @param consent a sentence that has to be ticked first, or null
 * @returns whether it was confirmed
 */
export function confirm({title, consequences, action, danger = false, consent = null}) {
  const box = consent === null ? null : el('input', {type: 'checkbox', id: 'consent', required: true});
  const dialog = el('dialog', {'aria-labelledby': 'confirm-title'},
    el('form', {method: 'dialog'},
      el('h2', {id: 'confirm-title'}, title),
      el('ul', {}, consequences.map(line => el('li', {}, line))),
      box && el('label', {class: 'check', for: 'consent'}, box, el('span', {}, consent)),
      el('div', {class: 'actions'},
        el('button', {type: 'button', onclick: () => dialog.close('')}, 'Back'),
        el('button', {class: danger ? 'danger' : 'primary', value: 'yes'}, action))));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue === 'yes');
  }));
}

/** Runs a step every so many milliseconds while the page is looked at. Returns how to stop it. */
export function repeat(milliseconds, step) {
  let stopped = false;
  let timer;
  const run = async () => {
    if (!document.hidden) {
      await step();
    }
    if (!stopped) {
      timer = setTimeout(run, milliseconds);
    }
  };
  run();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
