/** The words of this page in the reader's language, which the server chooses and which may be changed. */

const CHOICE = 'replymeter.language';

let texts = {};
export let language = 'en';
export let languages = [];

/** Loads the words of a language; of the one chosen before, or the browser's, without one. */
export async function loadWords(chosen = localStorage.getItem(CHOICE)) {
  const headers = chosen ? { 'Accept-Language': chosen } : {};
  const answer = await fetch('/words', { headers });
  const words = await answer.json();
  texts = words.texts;
  language = words.language;
  languages = words.languages;
  document.documentElement.lang = language;
  document.documentElement.dir = words.direction;
}

export async function chooseLanguage(chosen) {
  localStorage.setItem(CHOICE, chosen);
  await loadWords(chosen);
}

/** A text, with {name} replaced by what is given as name. */
export function t(key, values = {}) {
  return (texts[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A day and time in the reader's language and time zone. */
export function moment(time) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(time));
}

/** How far away a time is: "in 3 hours", "2 days ago". */
export function distance(time) {
  const seconds = (Date.parse(time) - Date.now()) / 1000;
  const [unit, length] = [['day', 86_400], ['hour', 3_600], ['minute', 60]].find(([, one]) => Math.abs(seconds) >= one) ?? ['minute', 60];
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(seconds / length), unit);
}

/** A short duration for an axis: "10 min", "4 hr". */
export function tick(seconds) {
  const [unit, length] = [['day', 172_800, 86_400], ['hour', 3_600, 3_600], ['minute', 60, 60]]
    .filter(([, least]) => seconds >= least).map(([name, , one]) => [name, one])[0] ?? ['second', 1];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 }).format(seconds / length);
}

export function percent(share) {
  return new Intl.NumberFormat(language, { style: 'percent' }).format(share);
}

export function number(value) {
  return new Intl.NumberFormat(language).format(value);
}
