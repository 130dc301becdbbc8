/** Opening hours and absence: when a client's question starts to wait. */
import * as api from './api.js';
import { el, notify, problem } from './dom.js';
import { language, t } from './words.js';

const DAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

/** 5 January 1970 was a Monday. */
const dayName = (index) => new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' }).format(new Date(Date.UTC(1970, 0, 5 + index)));

function timeField(name, label, value, last) {
  const times = [...Array(48).keys()].map((half) => `${String(half >> 1).padStart(2, '0')}:${half % 2 ? '30' : '00'}`);
  if (last) times.push('24:00');
  if (value && !times.includes(value)) times.push(value);
  return el('select', { name, 'aria-label': label, 'data-field': name }, times.sort().map((time) => el('option', { selected: time === value }, time)));
}

function range(index, hours) {
  const day = dayName(index);
  const row = el('div', { class: 'range', 'data-day': DAYS[index] },
    timeField('from', `${day}: ${t('from')}`, hours.from), el('span', { 'aria-hidden': 'true' }, '–'),
    timeField('to', `${day}: ${t('to')}`, hours.to, true),
    el('button', { type: 'button', class: 'quiet', onclick: () => row.remove() }, t('remove'), el('span', { class: 'hidden' }, ` ${day}`)));
  return row;
}

function absence({ from = '', to = '' }) {
  const row = el('div', { class: 'range', 'data-absence': true },
    el('input', { type: 'date', 'aria-label': t('absence.from'), 'data-field': 'from', value: from, required: true }), el('span', { 'aria-hidden': 'true' }, '–'),
    el('input', { type: 'date', 'aria-label': t('absence.to'), 'data-field': 'to', value: to, required: true }),
    el('button', { type: 'button', class: 'quiet', onclick: () => row.remove() }, t('remove'), el('span', { class: 'hidden' }, ` ${t('absence')}`)));
  return row;
}

const value = (row, field) => row.querySelector(`[data-field=${field}]`).value;

export async function hours(content) {
  let own;
  try {
    own = await api.get('/api/v1/me/availability');
  } catch (error) {
    content.append(problem(error));
    return;
  }
  const said = el('p', { class: 'lead' });
  const failed = el('div');
  const zones = Intl.supportedValuesOf('timeZone');
  const zone = own.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zoneField = el('select', { id: 'zone' }, [...new Set([zone, ...zones, 'UTC'])].sort().map((name) => el('option', { selected: name === zone }, name)));
  const week = el('div', { class: 'week' }, DAYS.map((day, index) => {
    const ranges = el('div', { class: 'ranges' }, own.weeklyHours.filter((one) => one.day === day).map((one) => range(index, one)));
    return el('div', { class: 'day' }, el('span', { class: 'day-name' }, dayName(index)), ranges,
      el('button', { type: 'button', onclick: () => ranges.append(range(index, { from: '09:00', to: '17:00' })) }, t('hours.add'), el('span', { class: 'hidden' }, ` ${dayName(index)}`)));
  }));
  const absences = el('div', { class: 'ranges' }, own.absences.map(absence));

  const say = (availability) => {
    const { usuallyAnswers, away } = availability.inWords;
    said.textContent = [availability.warning, away, usuallyAnswers ?? t('hours.always')].filter(Boolean).join(' · ');
  };
  const save = async (event) => {
    event.preventDefault();
    failed.replaceChildren();
    try {
      const kept = await api.put('/api/v1/me/availability', {
        timeZone: zoneField.value,
        weeklyHours: [...week.querySelectorAll('[data-day]')].map((row) => ({ day: row.dataset.day, from: value(row, 'from'), to: value(row, 'to') })),
        absences: [...absences.querySelectorAll('[data-absence]')].map((row) => ({ from: value(row, 'from'), to: value(row, 'to') })),
      });
      say(kept);
      absences.replaceChildren(...kept.absences.map(absence));
      notify(t('saved'));
    } catch (error) {
      failed.replaceChildren(problem(error));
    }
  };

  say(own);
  content.append(said, el('form', { class: 'stack', onsubmit: save },
    el('section', { class: 'card stack', 'aria-labelledby': 'week' }, el('h2', { id: 'week' }, t('hours.week')), el('p', { class: 'note' }, t('hours.note')),
      el('div', { class: 'field' }, el('label', { for: 'zone' }, t('zone')), zoneField), week),
    el('section', { class: 'card stack', 'aria-labelledby': 'absence' }, el('h2', { id: 'absence' }, t('absence')), el('p', { class: 'note' }, t('absence.note')), absences,
      el('div', {}, el('button', { type: 'button', onclick: () => absences.append(absence({})) }, t('absence.add')))),
    failed,
    el('div', { class: 'actions' }, el('button', { class: 'primary' }, t('save')))));
}
