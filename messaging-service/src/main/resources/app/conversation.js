/** A conversation to read and to write in; new messages come by themselves. */
import * as api from './api.js';
import { el, notify, problem, repeat, show } from './dom.js';
import { distance, moment, t } from './words.js';

const EVERY = 2_000;
const ACTIONS = ['ACCEPTED', 'DECLINED', 'QUOTED', 'CALLED'];

/** The conversation of the visitor with this user, as in their list; null if there is none. */
async function findWith(otherId) {
  const conversations = await api.all('/api/v1/conversations?limit=100', 'conversations', 10);
  return conversations.find((conversation) => conversation.with.userId === otherId) ?? null;
}

function bubble(message, me) {
  const mine = message.senderId === me.id || message.providerId === me.id;
  const kind = message.kind === 'HUMAN' ? null : t(`kind.${message.kind}`);
  const text = message.deletedAt ? t('deleted') : message.action ? t(`action.${message.action}`) : message.body ?? t('no-text');
  return el('li', { class: `message ${mine ? 'mine' : ''} ${message.body ? '' : 'quiet'}` },
    el('p', { dir: 'auto' }, text),
    el('p', { class: 'note' },
      el('span', { class: 'hidden' }, mine ? t('you') : t('they'), ', '),
      kind && `${kind} · `, el('time', { datetime: message.sentAt, title: moment(message.sentAt) }, distance(message.sentAt))));
}

/**
 * Fills `place` with the conversation of `me` and `other` ({userId, displayName}).
 * Returns how to stop following it.
 */
export function conversation(place, me, other, conversationId = null) {
  const isProvider = me.role === 'PROVIDER';
  const list = el('ol', { class: 'stack' });
  const messages = el('div', { class: 'messages', role: 'log', 'aria-label': t('messages'), tabindex: '0' }, list);
  const text = el('textarea', { id: 'text', rows: '3', required: true, maxlength: '10000', dir: 'auto' });
  const failed = el('div');
  let id = conversationId;
  let key = api.newKey();

  const refresh = async () => {
    try {
      id ??= (await findWith(other.userId))?.conversationId;
      const page = id ? (await api.get(`/api/v1/conversations/${id}/messages?limit=100`)).messages.toReversed() : [];
      const seen = page.map((message) => [message.messageId, message.deletedAt, distance(message.sentAt)]);
      const atEnd = messages.scrollTop + messages.clientHeight >= messages.scrollHeight - 40;
      show(list, seen, () => (page.length > 0 ? page.map((message) => bubble(message, me)) : el('li', { class: 'note' }, t('no-messages'))));
      if (atEnd) messages.scrollTop = messages.scrollHeight;
    } catch (error) {
      if (api.token()) failed.replaceChildren(problem(error));
    }
  };

  const send = async (event) => {
    event.preventDefault();
    if (!text.value.trim()) return;
    await attempt(() => api.post('/api/v1/messages', { recipientId: other.userId, body: text.value }, key));
    text.focus();
  };

  const attempt = async (request) => {
    failed.replaceChildren();
    try {
      await request();
      text.value = '';
      key = api.newKey();
      await refresh();
      messages.scrollTop = messages.scrollHeight;
    } catch (error) {
      failed.replaceChildren(problem(error));
    }
  };

  const actions = isProvider && el('div', { class: 'actions', role: 'group', 'aria-label': t('actions') },
    ACTIONS.map((type) => el('button', { type: 'button', onclick: () => id && attempt(() => api.post(`/api/v1/conversations/${id}/actions`, { type })) }, t(`do.${type}`))));

  place.append(
    messages,
    el('form', { class: 'write', onsubmit: send },
      el('label', { for: 'text' }, t('write-to', { name: other.displayName })),
      text,
      failed,
      el('div', { class: 'actions' }, el('button', { class: 'primary' }, t('send')))),
    actions || '',
  );
  return repeat(EVERY, refresh);
}

/** Asks why an inquiry needs no reply, and says so. */
export function noReplyNeeded(messageId, done) {
  const reasons = ['NO_REPLY_NEEDED', 'WITHDRAWN', 'SPAM', 'OTHER'];
  const failed = el('div');
  const dialog = el('dialog', { 'aria-labelledby': 'excuse-title' },
    el('form', { class: 'stack', onsubmit: async (event) => {
      event.preventDefault();
      try {
        await api.post(`/api/v1/messages/${messageId}/no-reply-needed`, { reason: new FormData(event.target).get('reason') });
        dialog.close();
        notify(t('excuse.done'));
        done();
      } catch (error) {
        failed.replaceChildren(problem(error));
      }
    } },
    el('h2', { id: 'excuse-title' }, t('no-reply-needed')),
    el('p', { class: 'note' }, t('excuse.note')),
    el('fieldset', { class: 'choices' }, el('legend', {}, t('excuse.why')),
      reasons.map((reason, index) => el('label', {}, el('input', { type: 'radio', name: 'reason', value: reason, checked: index === 0 }), t(`excuse.${reason}`)))),
    failed,
    el('div', { class: 'actions' },
      el('button', { type: 'button', onclick: () => dialog.close() }, t('back')),
      el('button', { class: 'primary' }, t('excuse.say')))));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** The visitor's conversations. `link` says where one is read. */
export function conversations(content, link) {
  const list = el('ul', { class: 'rows' });
  content.append(list);
  return repeat(5_000, async () => {
    try {
      const found = await api.all('/api/v1/conversations?limit=100', 'conversations', 3);
      show(list, [found, Math.floor(Date.now() / 60_000)], () => (found.length === 0 ? el('li', { class: 'note' }, t('no-conversations')) : found.map((one) => el('li', {},
        el('a', { href: link(one), dir: 'auto' }, one.with.displayName),
        el('time', { class: 'note', datetime: one.lastSentAt }, distance(one.lastSentAt))))));
    } catch (error) {
      list.replaceChildren(el('li', {}, problem(error)));
    }
  });
}
