const whole = new Intl.NumberFormat('en');
const oneDecimal = new Intl.NumberFormat('en', {maximumFractionDigits: 1});
const moment = new Intl.DateTimeFormat('en-GB', {dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC'});
const UNITS = [['d', 86400], ['h', 3600], ['min', 60], ['s', 1]];

export const none = '–';

export function count(number) {
  return number === null || number === undefined ? none : whole.format(number);
}

export function decimal(number) {
  return number === null || number === undefined ? none : oneDecimal.format(number);
}

/** '1 record', '2 records'. */
export function counted(number, noun) {
  return count(number) + ' ' + noun + (number === 1 ? '' : 's');
}

/** At most two units: '2 h 30 min'. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) {
    return none;
  }
  if (seconds < 60) {
    return decimal(seconds) + ' s';
  }
  const roundTo = seconds >= 86400 ? 3600 : seconds >= 3600 ? 60 : 1;
  const rounded = Math.round(seconds / roundTo) * roundTo;
  const first = UNITS.findIndex(([, size]) => rounded >= size);
  const [unit, size] = UNITS[first];
  const [nextUnit, nextSize] = UNITS[first + 1];
  const rest = Math.floor(rounded % size / nextSize);
  return Math.floor(rounded / size) + ' ' + unit + (rest ? ' ' + rest + ' ' + nextUnit : '');
}

/** A duration as the API writes it, in words: PT24H is '1 d'. */
export function period(iso) {
  const parts = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(iso);
  if (!parts) {
    return iso;
  }
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] = parts;
  return duration(days * 86400 + hours * 3600 + minutes * 60 + Number(seconds));
}

export function time(instant) {
  return instant ? moment.format(new Date(instant)) + ' UTC' : none;
}

export function bytes(number) {
  if (number === null || number === undefined) {
    return 'none';
  }
  return number < 1024 ? number + ' B' : decimal(number / 1024) + ' kB';
}

export function percent(number) {
  return number === null || number === undefined ? none : decimal(number) + '%';
}

/** NOT_HUMAN is 'Not human'. */
export function words(name) {
  const text = name.toLowerCase().replaceAll('_', ' ');
  return text[0].toUpperCase() + text.slice(1);
}

/** Base64 as text if it is text, pretty if it is JSON; else the first bytes in hexadecimal. */
export function content(base64) {
  if (base64 === null) {
    return '(none)';
  }
  const data = Uint8Array.from(atob(base64), character => character.charCodeAt(0));
  let text;
  try {
    text = new TextDecoder('utf-8', {fatal: true}).decode(data);
  } catch {
    return [...data.slice(0, 512)].map(byte => byte.toString(16).padStart(2, '0')).join(' ');
  }
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
