import * as api from './api.js';
import {alertOf, el, facts, section, table} from './dom.js';
import {count, counted} from './format.js';

function result(report) {
  const clean = report.differences === 0;
  return [
    el('p', {class: clean ? 'banner good' : 'banner bad', role: 'status'},
      clean ? 'Everything agrees: each layer is what the one below says.'
        : counted(report.differences, 'row') + ' differ from what the layer below says: the tables are damaged. Rebuild.'),
    facts([
      ['Since', report.since],
      ['Conversations folded', count(report.conversations)],
      ['Inquiries derived', count(report.inquiries)],
      ['Daily rows derived', count(report.dailyRows)],
    ]),
    clean ? null : table('The first differences', [
      {head: 'Row', cell: row => [row.layer, el('br'), el('code', {}, row.key)]},
      {head: 'Stored', cell: row => row.stored},
      {head: 'Derived', cell: row => row.derived},
    ], report.shown),
  ].filter(Boolean);
}

/** The check of the live tables. */
export function integrity(page) {
  const outcome = el('div', {class: 'stack'});
  const button = el('button', {class: 'primary', type: 'button', onclick: async () => {
    button.setAttribute('aria-disabled', 'true');
    outcome.replaceChildren(el('p', {class: 'banner', role: 'status'}, 'Checking …'));
    try {
      outcome.replaceChildren(...result(await api.integrity()));
    } catch (error) {
      outcome.replaceChildren(alertOf(error));
    }
    button.removeAttribute('aria-disabled');
  }}, 'Check now');
  page.append(section('Live tables',
    el('p', {class: 'note'}, 'Derives each layer of the live tables again from the one below, in one snapshot, and lists every'
      + ' difference. It takes seconds for a million messages, and the service goes on meanwhile.'),
    el('div', {class: 'actions start'}, button), outcome));
  return () => {};
}
