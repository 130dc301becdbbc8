import * as api from './api.js';
import {alertOf, confirm, el, facts, notify, section} from './dom.js';
import {bytes, content, count, counted, none, time, words} from './format.js';

const WHAT_TO_DO = {
  MALFORMED: 'Not JSON of the contract: mend the producer.',
  UNSUPPORTED_VERSION: 'A known type in an unknown version: release a reader that knows it, then replay.',
  FUTURE: 'Stamped more than 5 minutes ahead: set the producer’s clock right.',
  TOO_LARGE: 'Over 64 kB: only its beginning is kept, so it cannot be replayed. Send events without padding.',
  CONVERSATION_FULL: 'The conversation has as many messages, threads or deletions as one may have. Use another one.',
  UNPROCESSABLE: 'Applying it failed again and again, a fault of the service: report it, update, then replay.',
};

/** The records, what each holds, and what is decided about them. */
export function quarantine(page) {
  const chosen = new Set();
  let left = false;

  const reason = el('select', {id: 'reason', onchange: () => load()},
    el('option', {value: ''}, 'All reasons'),
    Object.keys(WHAT_TO_DO).map(name => el('option', {value: name}, words(name))));
  const all = el('input', {type: 'checkbox', id: 'all', onchange: () => {
    list.querySelectorAll('input[type=checkbox]').forEach(box => {
      box.checked = all.checked;
      choose(Number(box.value), box.checked);
    });
  }});
  const replayAll = el('button', {type: 'button', onclick: () => decide('replay', [...chosen])}, 'Replay');
  const discardAll = el('button', {type: 'button', class: 'danger', onclick: () => decide('discard', [...chosen])}, 'Discard');
  const chosenCount = el('span', {class: 'note', role: 'status'});
  const list = el('ul', {class: 'records'});
  const more = el('div', {class: 'actions start'});
  const problem = el('div');

  function choose(id, isChosen) {
    isChosen ? chosen.add(id) : chosen.delete(id);
    chosenCount.textContent = chosen.size ? counted(chosen.size, 'record') + ' selected' : 'None selected';
    replayAll.disabled = discardAll.disabled = chosen.size === 0;
  }

  async function load(cursor = 0) {
    try {
      const found = await api.quarantine(reason.value, cursor);
      if (left) {
        return;
      }
      problem.replaceChildren();
      if (cursor === 0) {
        chosen.clear();
        choose(-1, false);
        all.checked = false;
        list.replaceChildren();
      }
      list.append(...found.records.map(item));
      if (list.childElementCount === 0) {
        list.append(el('li', {class: 'empty'}, 'The quarantine is empty', reason.value ? ' of this reason.' : ', as it should be.'));
      }
      more.replaceChildren(found.nextCursor === null ? ''
        : el('button', {type: 'button', onclick: () => load(found.nextCursor)}, 'Show more'));
    } catch (error) {
      problem.replaceChildren(alertOf(error));
    }
  }

  function item(record) {
    const canReplay = record.reason !== 'TOO_LARGE';
    const name = 'record ' + record.id;
    const body = el('div', {class: 'body'});
    const details = el('details', {ontoggle: () => details.open && showContent(record, body)},
      el('summary', {}, 'Show ' + name), body);
    const element = el('li', {id: 'record-' + record.id},
      el('div', {class: 'head'},
        el('input', {type: 'checkbox', value: record.id, 'aria-label': 'Select ' + name,
          onchange: event => choose(record.id, event.target.checked)}),
        el('span', {class: 'badge bad'}, words(record.reason)),
        record.replayedAt ? el('span', {class: 'badge'}, 'replayed ' + time(record.replayedAt)) : null,
        el('span', {class: 'note place'}, `partition ${record.partition}, offset ${count(record.offset)}`)),
      el('p', {class: 'detail'}, record.detail),
      el('p', {class: 'note'}, WHAT_TO_DO[record.reason]),
      facts([
        ['Appended', time(record.appendedAt)],
        ['Provider', record.providerId ? el('code', {}, record.providerId) : none],
        ['Conversation', record.conversationId ? el('code', {}, record.conversationId) : none],
        ['Key and value', `${bytes(record.keyBytes)}, ${bytes(record.valueBytes)}`],
      ]),
      details,
      el('div', {class: 'actions start'},
        canReplay ? el('button', {type: 'button', 'aria-label': 'Replay ' + name, onclick: () => decide('replay', [record.id])}, 'Replay') : null,
        el('button', {type: 'button', class: 'danger', 'aria-label': 'Discard ' + name, onclick: () => decide('discard', [record.id])}, 'Discard')));
    return element;
  }

  async function showContent(record, body) {
    if (body.hasChildNodes()) {
      return;
    }
    try {
      const whole = await api.quarantined(record.id);
      body.replaceChildren(
        el('h3', {}, 'Key'), el('pre', {tabindex: '0'}, content(whole.key)),
        el('h3', {}, 'Value'), el('pre', {tabindex: '0'}, content(whole.value)));
    } catch (error) {
      body.replaceChildren(alertOf(error));
    }
  }

  async function decide(what, ids) {
    const records = ids.length === 1 ? 'record ' + ids[0] : counted(ids.length, 'record');
    const replays = what === 'replay';
    const isConfirmed = await confirm({
      title: (replays ? 'Replay ' : 'Discard ') + records + '?',
      action: (replays ? 'Replay ' : 'Discard ') + records,
      danger: !replays,
      consequences: replays
        ? ['Each record is published to the topic again, with its key, value and headers.',
          'It is judged again, by its new append time. If it still breaks the contract, it comes back as a new record.',
          'A record that is published twice counts once.']
        : ['Key and value are gone for good. A rebuild does not bring them back.',
          'The providers concerned are no longer said to have incomplete numbers because of this.',
          'The numbers themselves do not change.'],
    });
    if (!isConfirmed) {
      return;
    }
    let done = 0;
    try {
      for (const id of ids) {
        await (replays ? api.replay(id) : api.discard(id));
        done++;
      }
      notify((replays ? 'Replayed ' : 'Discarded ') + records + '.');
    } catch (error) {
      notify(`${counted(done, 'record')} of ${ids.length} done, then: ${error.title}. ${error.message}`);
    }
    await load();
    reason.focus();
  }

  page.append(problem, section('Records that were not applied',
    el('p', {class: 'note'}, 'They break the contract or cannot be applied, and are kept for 31 days, oldest first.'),
    el('div', {class: 'toolbar'},
      el('label', {for: 'reason'}, 'Reason'), reason,
      el('button', {type: 'button', onclick: () => load()}, 'Refresh'),
      el('span', {class: 'gap'}),
      el('label', {class: 'check', for: 'all'}, all, el('span', {}, 'Select all shown')), chosenCount, replayAll, discardAll),
    list, more));
  choose(-1, false);
  load();
  return () => {
    left = true;
  };
}
