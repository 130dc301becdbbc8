import * as api from './api.js';
import {alertOf, el, table} from './dom.js';
import {count, decimal, duration, none, percent, words} from './format.js';

const METRICS = [
  ['Response rate', metrics => percent(metrics.responseRatePercent)],
  ['Average', metrics => duration(metrics.averageResponseTimeSeconds)],
  ['Median', metrics => duration(metrics.medianResponseTimeSeconds)],
  ['In time', metrics => count(metrics.answered)],
  ['Inquiries', metrics => count(metrics.sampleSize)],
];

const LARGEST = [
  ['responseRatePercent', 'response rate by', points => decimal(points) + ' points'],
  ['averageResponseTimeSeconds', 'average by', duration],
  ['medianResponseTimeSeconds', 'median by', duration],
  ['p90ResponseTimeSeconds', '90th percentile by', duration],
  ['sampleSize', 'inquiries by', count],
];

/** The largest difference of each metric, over all providers, in words. */
export function largest(found) {
  return LARGEST.filter(([name]) => found[name]).map(([name, label, text]) => label + ' ' + text(found[name])).join(', ') || none;
}

function change(live, rebuilt) {
  return live === rebuilt ? live : [el('del', {}, live), ' ', el('ins', {}, rebuilt)];
}

/** What readers would see of each provider, and the rows behind it. */
export function differences(generation) {
  const place = el('div', {class: 'stack'}, el('p', {class: 'note'}, 'Loading the differences …'));
  api.differences(generation).then(found => place.replaceChildren(
    el('h3', {}, 'What would change'),
    el('p', {class: 'note'}, 'Live first, then as this generation has it. The first 100 of each kind.'),
    table('Providers whose numbers would change', [
      {head: 'Provider', cell: row => [el('code', {}, row.providerId), row.beganBeforeTopic ? el('span', {class: 'badge'}, 'began before the topic') : null].filter(Boolean)},
      ...METRICS.map(([head, text]) => ({head, number: true, cell: row => change(text(row.live), text(row.rebuilt))})),
    ], found.providers),
    el('details', {}, el('summary', {}, `The rows behind it (${count(found.rows.length)})`),
      table('Rows that differ', [
        {head: 'Row', cell: row => [words(row.layer), el('br'), el('code', {}, row.key)]},
        {head: 'Live', cell: row => row.live},
        {head: 'Rebuilt', cell: row => row.rebuilt},
      ], found.rows))),
  error => place.replaceChildren(alertOf(error)));
  return place;
}
