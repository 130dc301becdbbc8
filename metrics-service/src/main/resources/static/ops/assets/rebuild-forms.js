import * as api from './api.js';
import {alertOf, el, notify} from './dom.js';
import {period} from './format.js';

const DURATIONS = [
  ['answerWithin', 'Answer within'],
  ['horizon', 'Horizon'],
  ['reinquirySilence', 'Re-inquiry silence'],
  ['longestDeferral', 'Longest deferral'],
];
const NUMBERS = [
  ['excuseAllowancePercent', 'Excuse allowance, percent', 0],
  ['windowDays', 'Window, days', 1],
  ['minimumSampleSize', 'Smallest sample', 1],
];

function field(id, label, properties, note) {
  return el('div', {class: 'field'},
    el('label', {for: id}, label), el('input', {id, name: id, ...properties}),
    note ? el('p', {class: 'note'}, note) : null);
}

/** '12h', '7d' or '90min' as the API takes it. */
function iso(text) {
  const [, number, unit] = /^(\d+) ?(d|h|min)$/.exec(text);
  return unit === 'd' ? `P${number}D` : `PT${number}${unit === 'h' ? 'H' : 'M'}`;
}

function wantedRules(form) {
  const rules = {};
  DURATIONS.filter(([name]) => form[name].value).forEach(([name]) => {
    rules[name] = iso(form[name].value.trim());
  });
  NUMBERS.filter(([name]) => form[name].value).forEach(([name]) => {
    rules[name] = Number(form[name].value);
  });
  return Object.keys(rules).length ? rules : null;
}

/** The form that starts a rebuild. */
export function startForm(live, begin) {
  const problem = el('div');
  const form = el('form', {onsubmit: async event => {
    event.preventDefault();
    try {
      await begin({
        rules: wantedRules(form),
        throttle: form.throttle.value ? Number(form.throttle.value) : null,
        acceptTruncatedHistory: form.truncated.checked,
      });
    } catch (error) {
      problem.replaceChildren(alertOf(error));
    }
  }},
  el('p', {class: 'note'}, 'Reads the topic from its beginning into a second generation of the tables, and compares it with the'
    + ' live one. Readers notice nothing until you switch.'),
  el('div', {class: 'fields'}, field('throttle', 'At most, events a second', {type: 'number', min: '1', inputmode: 'numeric', placeholder: 'no limit'},
    'On all instances together. Spares readers.')),
  el('details', {}, el('summary', {}, 'Other rules'),
    el('p', {class: 'note'}, 'What is left empty stays as it is configured. Durations such as 12h, 7d or 90min.'),
    el('div', {class: 'fields'},
      DURATIONS.map(([name, label]) => field(name, label, {pattern: '\\d+ ?(d|h|min)', placeholder: live ? period(live[name]) : null,
        title: 'A number and d, h or min, such as 12h'})),
      NUMBERS.map(([name, label, min]) => field(name, label, {type: 'number', min, placeholder: live?.[name] ?? null})))),
  el('label', {class: 'check', for: 'truncated'}, el('input', {type: 'checkbox', id: 'truncated', name: 'truncated'}),
    el('span', {}, 'Start although the topic no longer holds all records that the rules need')),
  problem,
  el('div', {class: 'actions start'}, el('button', {class: 'primary'}, 'Start a rebuild')));
  return form;
}

/** The form that changes how fast a replay reads. */
export function throttleForm(rebuild, refresh) {
  const problem = el('div');
  const form = el('form', {class: 'inline', onsubmit: async event => {
    event.preventDefault();
    try {
      await api.throttle(rebuild.generation, form.limit.value ? Number(form.limit.value) : null);
      notify(form.limit.value ? `At most ${form.limit.value} events a second from now on.` : 'No limit from now on.');
      await refresh();
    } catch (error) {
      problem.replaceChildren(alertOf(error));
    }
  }},
  el('label', {for: 'limit'}, 'At most, events a second'),
  el('input', {id: 'limit', name: 'limit', type: 'number', min: '1', inputmode: 'numeric', placeholder: 'no limit', value: rebuild.throttle}),
  el('button', {}, 'Set'), problem);
  return form;
}
