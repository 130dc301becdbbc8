import * as api from './api.js';
import {alertOf, confirm, el, facts, notify, repeat, section, show, table} from './dom.js';
import {differences, largest} from './differences.js';
import {count, counted, decimal, duration, period, percent, time, words} from './format.js';
import {startForm, throttleForm} from './rebuild-forms.js';

const STEPS = [['REPLAYING', 'Replay'], ['CATCHING_UP', 'Catch up'], ['VERIFYING', 'Compare'], ['READY', 'Ready'], ['ACTIVE', 'Live']];
const MEANING = {
  REPLAYING: 'Reads what the topic held at the start. Readers notice nothing.',
  CATCHING_UP: 'Reads what came since, until it is as recent as the live one.',
  VERIFYING: 'Both generations are brought to the same offsets and compared.',
  READY: 'Compared, and kept current. Look at the differences, then switch.',
  ACTIVE: 'Readers see it.',
  RETIRED: 'Readers saw it before. It is kept current, so that you can roll back. Drop it when you are sure: the next rebuild needs its place.',
  PAUSED: 'Reads nothing until it is resumed, from where it was.',
  FAILED: 'Cannot go on. Cancel it, then start again.',
};
const OVER = ['DROPPED', 'CANCELLED'];

const isClean = verification => verification && !verification.obstacle && verification.differences === 0
  && verification.providers.different === 0;

function steps(rebuild) {
  const at = STEPS.findIndex(([state]) => state === rebuild.state);
  return at < 0 ? null : el('ol', {class: 'steps', 'aria-label': 'Steps'}, STEPS.map(([, name], index) =>
    el('li', {class: index < at ? 'past' : index === at ? 'here' : null, 'aria-current': index === at ? 'step' : null}, name)));
}

function progress({progress, state}) {
  if (!progress || !['REPLAYING', 'CATCHING_UP'].includes(state)) {
    return null;
  }
  const text = `${decimal(progress.percent)}% of ${counted(progress.total, 'event')}`
    + (progress.eventsPerSecond === null ? '' : `, ${decimal(progress.eventsPerSecond)} a second`)
    + (progress.secondsLeft === null ? '' : `, ${duration(progress.secondsLeft)} left`);
  return el('div', {class: 'progress'},
    el('progress', {max: '100', value: progress.percent, 'aria-label': 'Replay'}), el('p', {}, text));
}

function rules(rules) {
  return `answer within ${period(rules.answerWithin)}, horizon ${period(rules.horizon)}, re-inquiry silence `
    + `${period(rules.reinquirySilence)}, longest deferral ${period(rules.longestDeferral)}, excuse allowance `
    + `${percent(rules.excuseAllowancePercent)}, window ${rules.windowDays} days, sample of at least ${rules.minimumSampleSize}`;
}

function comparison(verification) {
  if (!verification) {
    return null;
  }
  if (verification.obstacle) {
    return el('p', {class: 'banner bad'}, 'Nothing could be compared: ' + verification.obstacle);
  }
  return el('div', {class: 'stack'},
    el('p', {class: isClean(verification) ? 'banner good' : 'banner warn'}, isClean(verification)
      ? `No difference: all of ${counted(verification.providers.compared, 'provider')} have the same numbers in both.`
      : `${counted(verification.providers.different, 'provider')} of ${count(verification.providers.compared)} would have other numbers; `
        + `${counted(verification.differences, 'row')} differ, ${count(verification.beganBeforeTopic)} of them in threads that began before the topic.`),
    facts([
      ['Compared at', time(verification.verifiedAt)],
      ['Good for a switch until', time(verification.validUntil)],
      ...(isClean(verification) ? [] : [['Largest differences', largest(verification.largest)]]),
    ]));
}

/** What a step does, said before it is done. Null for what needs no question. */
function question(action, rebuild, live, retired) {
  const name = 'generation ' + rebuild.generation;
  const clean = isClean(rebuild.verification);
  const differing = rebuild.verification?.providers?.different ?? 0;
  return {
    SWITCH: {
      title: `Switch readers to ${name}?`,
      action: 'Switch to ' + name,
      consequences: [
        `From this moment on, readers see ${name} instead of generation ${live}.`,
        clean ? 'No provider’s numbers change.' : `The numbers of ${counted(differing, 'provider')} change, as the differences show.`,
        `Generation ${live} is kept current, so that you can roll back until it is dropped.`,
      ],
      consent: clean ? null : 'I have looked at the differences and accept them.',
    },
    ROLLBACK: {
      title: `Roll back to generation ${retired}?`,
      action: 'Roll back to generation ' + retired,
      consequences: [
        `From this moment on, readers see generation ${retired} again instead of ${name}.`,
        `${words(name)} stays ready and is kept current: you can switch again.`,
      ],
    },
    CANCEL: {
      title: `Cancel ${name}?`, action: 'Cancel ' + name, danger: true,
      consequences: [`All tables and offsets of ${name} are removed.`, 'Readers notice nothing.', 'It cannot be taken back; a new rebuild starts from the beginning.'],
    },
    DROP: {
      title: `Drop ${name}?`, action: 'Drop ' + name, danger: true,
      consequences: [`All tables and offsets of ${name} are removed.`, 'Readers notice nothing.', 'After that, there is nothing to roll back to.'],
    },
  }[action] ?? null;
}

const LABELS = {SWITCH: 'Switch readers to it …', ROLLBACK: 'Roll back …', VERIFY: 'Compare again', PAUSE: 'Pause', RESUME: 'Resume', CANCEL: 'Cancel …', DROP: 'Drop …'};
const ORDER = Object.keys(LABELS);

/** From the start of a rebuild to its switch, rollback or end. */
export function rebuilds(page) {
  const problem = el('div');
  const beside = section('Beside the live generation', el('div', {class: 'stack'}));
  const current = beside.lastElementChild;
  const live = section('Live', el('div', {class: 'stack'}));
  const history = section('History', el('div'));
  let known = [];

  async function refresh() {
    try {
      known = await api.rebuilds();
      problem.replaceChildren();
      showAll();
    } catch (error) {
      show(problem, error.message, () => alertOf(error));
    }
  }

  function showAll() {
    const active = known.find(rebuild => rebuild.state === 'ACTIVE');
    const other = known.find(rebuild => rebuild.state !== 'ACTIVE' && !OVER.includes(rebuild.state));
    show(current, [other?.generation ?? null, active?.rules], () => other ? card() : startForm(active?.rules, begin));
    if (other) {
      fill(current, other);
    }
    show(live.lastElementChild, active?.generation, card);
    if (active) {
      fill(live.lastElementChild, active);
    }
    show(history.lastElementChild, known, () => generations(known));
  }

  /** The parts of a generation that change one by one. */
  function card() {
    return ['title', 'steps', 'progress', 'facts', 'comparison', 'actions', 'throttle', 'differences']
      .map(name => el('div', {'data-part': name}));
  }

  function fill(place, rebuild) {
    const part = name => place.querySelector(`[data-part=${name}]`);
    const {generation, state, reason, actions, verification} = rebuild;
    show(part('title'), [state, reason], () => [
      el('h3', {}, 'Generation ' + generation, ' ', el('span', {class: 'badge state-' + state.toLowerCase()}, words(state))),
      el('p', {class: 'note'}, MEANING[state]),
      reason ? el('p', {class: 'alert'}, reason) : null]);
    show(part('steps'), state, () => state === 'ACTIVE' ? null : steps(rebuild));
    show(part('progress'), [state, rebuild.progress], () => progress(rebuild));
    show(part('facts'), [rebuild.lag, rebuild.throttle], () => facts([
      ['Started', time(rebuild.startedAt)],
      ['Behind the topic', rebuild.lag === null ? 'reads nothing' : counted(rebuild.lag, 'event')],
      ['Rules', rules(rebuild.rules)],
      ...(rebuild.acceptTruncatedHistory ? [['History', 'was accepted although the topic had lost some']] : [])]));
    show(part('comparison'), [verification, state === 'ACTIVE'], () => state === 'ACTIVE' ? null : comparison(verification));
    show(part('actions'), actions, () => actions.length === 0 ? null : el('div', {class: 'actions start'}, ORDER.filter(action => actions.includes(action)).map(action =>
      el('button', {type: 'button', class: ['CANCEL', 'DROP'].includes(action) ? 'danger' : action === 'SWITCH' ? 'primary' : null,
        onclick: () => act(action, generation)}, LABELS[action]))));
    show(part('throttle'), ['REPLAYING', 'CATCHING_UP'].includes(state), () =>
      ['REPLAYING', 'CATCHING_UP'].includes(state) ? throttleForm(rebuild, refresh) : null);
    show(part('differences'), [verification?.verifiedAt, state === 'READY'], () =>
      state === 'READY' && verification && !isClean(verification) ? differences(generation) : null);
  }

  async function act(action, generation) {
    const rebuild = known.find(candidate => candidate.generation === generation);
    const active = known.find(candidate => candidate.state === 'ACTIVE')?.generation;
    const retired = known.find(candidate => candidate.state === 'RETIRED')?.generation;
    const asked = question(action, rebuild, active, retired);
    if (asked && !await confirm(asked)) {
      return;
    }
    try {
      await api.act(generation, action.toLowerCase(), action === 'SWITCH' ? {acceptDifferences: Boolean(asked.consent)} : undefined);
      notify(asked ? asked.action + ': done.' : LABELS[action] + ': asked for.');
    } catch (error) {
      notify(error.title + ': ' + error.message);
    }
    await refresh();
    document.querySelector('h1').focus();
  }

  async function begin(request) {
    const started = await api.startRebuild(request);
    notify(`Generation ${started.generation} is being built. Readers notice nothing.`);
    await refresh();
    document.querySelector('h1').focus();
  }

  page.append(problem, beside, live, history);
  return repeat(1000, refresh);
}

function generations(all) {
  return table('All generations', [
    {head: 'Generation', cell: rebuild => count(rebuild.generation)},
    {head: 'State', cell: rebuild => el('span', {class: 'badge state-' + rebuild.state.toLowerCase()}, words(rebuild.state))},
    {head: 'Started', cell: rebuild => time(rebuild.startedAt)},
    {head: 'Ready', wide: true, cell: rebuild => time(rebuild.readyAt)},
    {head: 'Live since', wide: true, cell: rebuild => time(rebuild.activatedAt)},
    {head: 'Removed', wide: true, cell: rebuild => time(rebuild.removedAt)},
  ], all);
}
