/** The inquiries that made a provider's numbers: what is due first, then all, each with why it counts as it does. */
import * as api from './api.js';
import { noReplyNeeded } from './conversation.js';
import { el, problem, repeat, show } from './dom.js';
import { distance, moment, t } from './words.js';

const OUTCOMES = ['PENDING', 'OVERDUE', 'ANSWERED', 'ANSWERED_LATE', 'NO_RESPONSE', 'EXCUSED'];
const OPEN = ['PENDING', 'OVERDUE'];
const PATH = '/api/v1/me/response-metrics/inquiries';

function entry(inquiry, talkLink, changed) {
  const waited = inquiry.openedAt !== inquiry.askedAt;
  return el('li', { class: 'card inquiry' },
    el('div', { class: 'inquiry-head' },
      el('h3', { dir: 'auto' }, inquiry.clientName ?? t('somebody')),
      el('span', { class: `pill ${inquiry.outcome.toLowerCase()}` }, t(`outcome.${inquiry.outcome}`))),
    inquiry.answerBy && el('p', { class: 'due' }, t('due', { when: distance(inquiry.answerBy) }), ' ',
      el('time', { class: 'note', datetime: inquiry.answerBy }, moment(inquiry.answerBy))),
    el('p', {}, inquiry.explanation),
    el('p', { class: 'note' }, t('asked', { when: moment(inquiry.askedAt) }), waited && ` · ${t('clock', { when: moment(inquiry.openedAt) })}`),
    el('div', { class: 'actions' },
      el('a', { class: 'button', href: talkLink(inquiry.conversationId, inquiry.clientId) }, t('open-conversation'), el('span', { class: 'hidden' }, ` ${inquiry.clientName ?? ''}`)),
      OPEN.includes(inquiry.outcome) && el('button', { type: 'button', onclick: () => noReplyNeeded(inquiry.initialMessageId, changed) }, t('no-reply-needed'),
        el('span', { class: 'hidden' }, ` ${inquiry.clientName ?? ''}`))));
}

/** Fills `content`. Returns how to stop following the list. */
export function inquiries(content, talkLink) {
  const due = el('ul', { class: 'stack plain' });
  const list = el('ul', { class: 'stack plain' });
  const more = el('div', { class: 'actions' });
  const failed = el('div');
  let outcome = '';
  let pages = 1;

  const filter = el('select', { id: 'outcome', onchange: () => {
    outcome = filter.value;
    pages = 1;
    refresh();
  } }, el('option', { value: '' }, t('outcome.all')), OUTCOMES.map((one) => el('option', { value: one }, t(`outcome.${one}`))));

  const page = async () => {
    const found = [];
    let cursor = null;
    for (let read = 0; read < pages && (read === 0 || cursor); read++) {
      const answer = await api.get(`${PATH}?limit=20${outcome && `&outcome=${outcome}`}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      found.push(...answer.inquiries);
      cursor = answer.nextCursor;
    }
    return { found, isLast: !cursor };
  };

  const refresh = async () => {
    try {
      const [pending, { found, isLast }] = await Promise.all([api.all(`${PATH}?outcome=PENDING&limit=100`, 'inquiries'), page()]);
      pending.sort((one, other) => Date.parse(one.answerBy) - Date.parse(other.answerBy));
      const minute = Math.floor(Date.now() / 60_000);
      const fill = (place, some, none) => show(place, [some, minute], () => (some.length > 0
        ? some.map((inquiry) => entry(inquiry, talkLink, refresh)) : el('li', { class: 'note' }, t(none))));
      fill(due, pending, 'due.none');
      fill(list, found, 'inquiries.none');
      show(more, isLast, () => (isLast ? [] : el('button', { type: 'button', onclick: () => {
        pages++;
        refresh();
      } }, t('more'))));
      failed.replaceChildren();
    } catch (error) {
      failed.replaceChildren(problem(error));
    }
  };

  content.append(failed,
    el('section', { class: 'stack', 'aria-labelledby': 'due' }, el('h2', { id: 'due' }, t('due.title')), due),
    el('section', { class: 'stack', 'aria-labelledby': 'all' }, el('h2', { id: 'all' }, t('inquiries.title')),
      el('div', { class: 'field' }, el('label', { for: 'outcome' }, t('outcome')), filter), list, more));
  return repeat(3_000, refresh);
}
