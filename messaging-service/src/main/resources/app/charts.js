/** Charts as SVG, drawn at the width they have, each with its numbers in a table beneath. Time goes from left to right. */
import { el } from './dom.js';
import { number, percent, t, tick } from './words.js';

const SVG = 'http://www.w3.org/2000/svg';
const LEFT = 56;
const RIGHT = 12;
const TOP = 12;
const PLOT = 150;
const STRIP = 34;
const TICK_TIMES = [60, 600, 3_600, 14_400, 86_400, 259_200, 604_800];
const NARROW = 480;

function svg(name, attributes, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const text = (x, y, anchor, content, kind = '') => svg('text', { x, y, 'text-anchor': anchor, class: kind }, content);
const line = (x1, y1, x2, y2, kind) => svg('line', { x1, y1, x2, y2, class: kind });

/** A bar with rounded upper corners. */
function bar(x, y, width, height, kind, title) {
  const radius = Math.min(3, width / 2, height);
  const path = `M${x} ${y + height}V${y + radius}Q${x} ${y} ${x + radius} ${y}H${x + width - radius}Q${x + width} ${y} ${x + width} ${y + radius}V${y + height}Z`;
  return svg('path', { d: path, class: kind }, svg('title', {}, title));
}

/** A figure that draws its chart again when its width changes. `draw(width)` returns the parts, `height` is fixed. */
function figure(title, note, height, draw, table) {
  const id = `chart-${title.length}-${Math.random().toString(36).slice(2, 8)}`;
  const place = el('div', { class: 'chart' });
  let drawn = 0;
  new ResizeObserver(([{ contentRect: { width } }]) => {
    if (Math.abs(width - drawn) < 1 || width === 0) return;
    drawn = width;
    place.replaceChildren(svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-labelledby': `${id} ${id}-note`, direction: 'ltr' }, draw(width)));
  }).observe(place);
  return el('figure', { class: 'card' },
    el('figcaption', {}, el('h2', { id }, title), el('p', { class: 'note', id: `${id}-note` }, note)),
    place,
    el('details', {}, el('summary', {}, t('chart.table')), table));
}

function table(caption, heads, rows) {
  return el('div', { class: 'scroll', role: 'region', 'aria-label': caption, tabindex: '0' }, el('table', {},
    el('caption', { class: 'hidden' }, caption),
    el('thead', {}, el('tr', {}, heads.map((head) => el('th', { scope: 'col' }, head)))),
    el('tbody', {}, rows.map((row) => el('tr', {}, row.map((cell, index) => el(index === 0 ? 'th' : 'td', index === 0 ? { scope: 'row' } : {}, cell)))))));
}

const tableOfDays = (title, days) => table(title,
  [t('chart.day'), t('chart.sample'), t('chart.rate'), t('chart.typical')],
  [...days].reverse().map((day) => [day.day, number(day.sampleSize), day.responseRate ?? '–', day.typicalResponseTime ?? '–']));

/** The days' axis, and how many inquiries stand behind each day. */
function sample(days, x, step, width) {
  const most = Math.max(1, ...days.map((day) => day.sampleSize));
  const base = TOP + PLOT + 12 + STRIP;
  const last = days.length - 1;
  const every = width < NARROW ? last : 5;
  return [
    text(LEFT - 8, base - STRIP + 10, 'end', number(most), 'scale'),
    days.map((day, index) => day.sampleSize > 0 && bar(x(index) - step * 0.3, base - (STRIP * day.sampleSize) / most, step * 0.6,
      (STRIP * day.sampleSize) / most, 'sample', `${day.day}: ${t('chart.sample')} ${number(day.sampleSize)}`)),
    line(LEFT, base, width - RIGHT, base, 'axis'),
    days.map((day, index) => {
      const anchor = index === last ? 'end' : index === 0 ? 'start' : 'middle';
      const edge = anchor === 'end' ? width - RIGHT : anchor === 'start' ? LEFT : x(index);
      return (last - index) % every === 0 && text(edge, base + 18, anchor, day.day, 'scale');
    }),
    text(LEFT, base + 36, 'start', t('chart.strip'), 'scale'),
  ];
}

const DAILY_HEIGHT = TOP + PLOT + 12 + STRIP + 44;

function rates(days, width) {
  const step = (width - LEFT - RIGHT) / days.length;
  const x = (index) => LEFT + step * (index + 0.5);
  const y = (share) => TOP + PLOT * (1 - share);
  return [
    [0, 0.5, 1].map((share) => [line(LEFT, y(share), width - RIGHT, y(share), share === 0 ? 'axis' : 'grid'), text(LEFT - 8, y(share) + 4, 'end', percent(share), 'scale')]),
    days.map((day, index) => {
      if (day.sampleSize === 0) return null;
      const share = day.answered / day.sampleSize;
      return bar(x(index) - step * 0.35, Math.min(y(share), y(0) - 2), step * 0.7, Math.max(y(0) - y(share), 2), 'good', `${day.day}: ${day.responseRate}`);
    }),
    sample(days, x, step, width),
  ];
}

/** The times that frame what is shown, on a logarithmic axis. */
function scale(times, length) {
  const least = Math.min(...TICK_TIMES.slice(0, 4).filter((time) => time >= Math.min(...times) / 4), 3_600) / 2;
  const most = Math.max(...times, 7_200) * 1.3;
  return { least, most, place: (time) => (length * Math.log(Math.max(time, least) / least)) / Math.log(most / least) };
}

function typical(days, width) {
  const step = (width - LEFT - RIGHT) / days.length;
  const x = (index) => LEFT + step * (index + 0.5);
  const times = days.map((day) => day.typicalResponseTimeSeconds).filter((time) => time !== null);
  const { least, most, place } = scale(times.length > 0 ? times : [3_600], PLOT);
  const y = (time) => TOP + PLOT - place(time);
  const points = days.map((day, index) => [day, index]).filter(([day]) => day.typicalResponseTimeSeconds !== null);
  return [
    TICK_TIMES.filter((time) => time >= least && time <= most).map((time) => [line(LEFT, y(time), width - RIGHT, y(time), time === 86_400 ? 'mark' : 'grid'), text(LEFT - 8, y(time) + 4, 'end', tick(time), 'scale')]),
    svg('polyline', { points: points.map(([day, index]) => `${x(index)},${y(day.typicalResponseTimeSeconds)}`).join(' '), class: 'trend' }),
    points.map(([day, index]) => svg('circle', { cx: x(index), cy: y(day.typicalResponseTimeSeconds), r: 3.5, class: 'point' }, svg('title', {}, `${day.day}: ${day.typicalResponseTime}`))),
    line(LEFT, TOP + PLOT, width - RIGHT, TOP + PLOT, 'axis'),
    sample(days, x, step, width),
  ];
}

export function dailyCharts(days) {
  return [
    figure(t('chart.rates'), t('chart.rates.note'), DAILY_HEIGHT, (width) => rates(days, width), tableOfDays(t('chart.rates'), days)),
    figure(t('chart.times'), t('chart.times.note'), DAILY_HEIGHT, (width) => typical(days, width), tableOfDays(t('chart.times'), days)),
  ];
}

/** How long the responses took: ranges that double are equally wide here. */
function distribution({ ranges, answerWithinSeconds, answerWithin }, width) {
  const left = 40;
  const first = ranges[0].toSeconds / 2;
  const last = ranges[ranges.length - 1].toSeconds;
  const x = (time) => left + ((width - left - RIGHT) * Math.log(Math.max(time, first) / first)) / Math.log(last / first);
  const most = Math.max(1, ...ranges.map((range) => range.responses));
  const base = TOP + 20 + PLOT;
  const height = (responses) => (PLOT * responses) / most;
  const mark = x(answerWithinSeconds);
  const ticks = TICK_TIMES.filter((time) => time >= first && (width > NARROW || ![60, 14_400, 86_400, 259_200].includes(time)));
  return [
    [0, 0.5, 1].map((share) => [share > 0 && line(left, base - PLOT * share, width - RIGHT, base - PLOT * share, 'grid'),
      Number.isInteger(most * share) && text(left - 8, base - PLOT * share + 4, 'end', number(most * share), 'scale')]),
    ranges.map((range) => range.responses > 0 && bar(x(range.fromSeconds) + 1, base - height(range.responses), x(range.toSeconds) - x(range.fromSeconds) - 2,
      height(range.responses), range.toSeconds <= answerWithinSeconds ? 'good' : 'late', `${range.inWords}: ${number(range.responses)}`)),
    line(left, base, width - RIGHT, base, 'axis'),
    line(mark, TOP, mark, base, 'mark'),
    text(mark - 6, TOP + 10, 'end', t('chart.mark', { time: answerWithin }), 'mark-label'),
    ticks.map((time, index) => [line(x(time), base, x(time), base + 5, 'axis'), text(x(time), base + 20, index === ticks.length - 1 ? 'end' : 'middle', tick(time), 'scale')]),
  ];
}

export function distributionChart(data) {
  const rows = data.ranges.map((range) => [range.inWords, number(range.responses)]);
  return figure(t('chart.distribution'), t('chart.distribution.note', { time: data.answerWithin }), TOP + 20 + PLOT + 28, (width) => distribution(data, width),
    table(t('chart.distribution'), [t('chart.time'), t('chart.responses')], rows));
}
