import * as api from './api.js';
import {alertOf, el, repeat, section, show, table, tile} from './dom.js';
import {count, counted, decimal, duration, none, time, words} from './format.js';

const WHY_IGNORED = {
  UNKNOWN_TYPE: 'A type that a later version of the contract names',
  NOT_HUMAN: 'Of a kind that neither asks nor answers: a bot, a notice, a note',
  OTHER_ROLES: 'Not between a client and a provider',
  TOO_OLD: 'Stamped more than 31 days before it was appended',
  DUPLICATE: 'A copy of a message that counts',
  CONFLICT: 'A differing copy of a message that counts',
  CONVERSATION_DELETED: 'Of a conversation that was deleted for good',
  QUARANTINE_FULL: 'One for the quarantine, which is full',
};

const sum = counts => Object.values(counts).reduce((total, number) => total + number, 0);

function tiles(ingest, incomplete) {
  const waiting = sum(ingest.quarantined);
  return el('dl', {class: 'tiles'},
    tile('Lag', counted(ingest.lag, 'record'), 'not applied yet', ingest.lag > 1000 ? 'warn' : null),
    tile('Lag in time', duration(ingest.lagSeconds), 'of the partition that is most behind', ingest.lagSeconds > 60 ? 'warn' : null),
    tile('Rate', decimal(ingest.eventsPerSecond) + '/s', 'over the last half minute'),
    tile('Quarantine', counted(waiting, 'record'), 'to be decided on', waiting > 0 ? 'warn' : null),
    tile('Incomplete', counted(incomplete.count, 'provider'), 'may lack records', incomplete.count > 0 ? 'warn' : null),
    tile('Live', 'Generation ' + ingest.generation, 'is what readers see'));
}

function partitions(ingest) {
  return [
    el('p', {class: 'note'}, 'Of topic ', el('code', {}, ingest.topic), ', as of ', time(ingest.asOf), '.'),
    ...ingest.topicSettings.map(setting => el('p', {class: 'alert'}, 'The topic differs from the contract: ' + setting + '.')),
    table('Lag by partition', [
      {head: 'Partition', cell: row => count(row.partition)},
      {head: 'Lag', number: true, cell: row => count(row.lag)},
      {head: 'In time', number: true, cell: row => duration(row.lagSeconds)},
      {head: 'Read up to', number: true, wide: true, cell: row => count(row.nextOffset)},
      {head: 'Ends at', number: true, wide: true, cell: row => count(row.endOffset)},
      {head: 'Latest record', wide: true, cell: row => time(row.appliedUntil)},
      {head: 'State', cell: row => row.problem ? el('span', {class: 'badge problem'}, row.problem) : el('span', {class: 'badge good'}, 'reading')},
    ], ingest.partitions),
  ];
}

function incompleteNumbers(report) {
  if (report.everybody.length + report.count + report.unattributed === 0) {
    return el('p', {class: 'empty'}, 'Nothing is known to be missing in anybody’s numbers.');
  }
  return [
    ...report.everybody.map(reason => el('p', {class: 'alert'}, 'Anybody’s: ' + reason)),
    report.count ? el('p', {class: 'note'}, counted(report.count, 'provider'),
      ' until the records in the ', el('a', {href: '#/quarantine'}, 'quarantine'), ' are replayed or discarded',
      report.count > report.providers.length ? '; the first ' + count(report.providers.length) + ':' : '.') : null,
    report.count ? table('Providers whose numbers may be incomplete', [
      {head: 'Provider', cell: row => el('code', {}, row.providerId)},
      {head: 'Records', number: true, cell: row => count(row.records)},
      {head: 'Since', wide: true, cell: row => time(row.since)},
    ], report.providers) : null,
    report.unattributed ? el('p', {class: 'note'}, counted(report.unattributed, 'record'),
      ' in the quarantine ', report.unattributed === 1 ? 'does not say whom it is about.' : 'do not say whom they are about.') : null,
  ];
}

function ignoredRecords(ignored) {
  return [
    el('p', {class: 'note'}, 'Records that were read, keep the contract, and do not count.'),
    table('Ignored records by reason', [
      {head: 'Reason', cell: ([reason]) => words(reason)},
      {head: 'Records', number: true, cell: ([, records]) => records ? count(records) : none},
      {head: 'What they are', wide: true, cell: ([reason]) => WHY_IGNORED[reason] ?? ''},
    ], Object.entries(ignored)),
  ];
}

/** How far the topic is read, whose numbers may be incomplete, what is ignored. */
export function overview(page) {
  const problem = el('div');
  const figures = el('div');
  const lag = el('div');
  const incomplete = el('div');
  const ignored = el('div');
  page.append(problem, figures, section('Numbers that may be incomplete', incomplete), section('Partitions', lag),
    section('Ignored records', ignored));
  return repeat(2000, async () => {
    try {
      const [now, report, counts] = await Promise.all([api.ingest(), api.incompleteNumbers(), api.ignored()]);
      show(problem, now.topicProblem, () => now.topicProblem && alertOf({title: 'The broker does not answer.', message: now.topicProblem}));
      show(figures, [now, report.count], () => tiles(now, report));
      show(lag, now, () => partitions(now));
      show(incomplete, report, () => incompleteNumbers(report));
      show(ignored, counts, () => ignoredRecords(counts));
    } catch (error) {
      show(problem, error.message, () => alertOf(error));
    }
  });
}
