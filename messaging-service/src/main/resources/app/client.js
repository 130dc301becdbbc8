/** What a client sees: providers, those who answer best first; a provider's profile, and a conversation with them. */
import * as api from './api.js';
import { conversation, conversations } from './conversation.js';
import { el, problem, repeat } from './dom.js';
import { t } from './words.js';

const profileLink = (providerId) => `#/providers/${providerId}`;

function card(provider) {
  const badge = el('response-metrics', { compact: true });
  badge.profile = provider;
  const element = el('li', { class: 'card provider' },
    el('h2', {}, el('a', { href: profileLink(provider.providerId), dir: 'auto' }, provider.displayName)),
    provider.bio && el('p', { class: 'note bio', dir: 'auto' }, provider.bio), badge);
  return { element, badge };
}

/** Numbers move where they stand; the order stays until the page is visited again, so that nothing jumps away. */
function providers(content) {
  const list = el('ul', { class: 'cards' });
  const more = el('div', { class: 'actions' });
  const failed = el('div');
  const cards = new Map();
  let pages = 1;
  content.append(el('p', { class: 'lead' }, t('providers.note')), failed, list, more);

  const refresh = async () => {
    try {
      let cursor = null;
      for (let page = 0; page < pages; page++) {
        const answer = await api.get(`/api/v1/providers?limit=24${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
        answer.providers.forEach(put);
        cursor = answer.nextCursor;
        if (!cursor) break;
      }
      more.replaceChildren(...(cursor ? [el('button', { type: 'button', onclick: () => {
        pages++;
        refresh();
      } }, t('more'))] : []));
      failed.replaceChildren();
    } catch (error) {
      failed.replaceChildren(problem(error));
    }
  };
  const put = (provider) => {
    const known = cards.get(provider.providerId);
    if (known) {
      known.badge.profile = provider;
      return;
    }
    const added = card(provider);
    cards.set(provider.providerId, added);
    list.append(added.element);
  };
  return repeat(5_000, refresh);
}

function profile(content, { argument: [providerId], me, title }) {
  const badge = el('response-metrics', { provider: providerId, refresh: '2' },
    el('span', { slot: 'loading' }, t('loading')), el('span', { slot: 'unavailable' }, t('unavailable')));
  badge.token = api.token;
  const about = el('section', { class: 'stack about' }, badge);
  const talk = el('section', { class: 'card talk', 'aria-labelledby': 'talk' }, el('h2', { id: 'talk' }, t('conversation')));
  content.append(el('p', {}, el('a', { href: '#/providers' }, t('all-providers'))), el('div', { class: 'columns' }, about, talk));
  let stop = () => {};
  let left = false;
  api.get(`/api/v1/providers/${encodeURIComponent(providerId)}/profile`).then((provider) => {
    if (left) return;
    title(provider.displayName);
    if (provider.bio) about.prepend(el('p', { dir: 'auto', class: 'lead bio' }, provider.bio));
    stop = conversation(talk, me, { userId: providerId, displayName: provider.displayName });
  }, (error) => content.replaceChildren(problem(error)));
  return () => {
    left = true;
    stop();
  };
}

export const clientPages = [
  { path: 'providers', title: 'providers', show: (content, visit) => (visit.argument.length > 0 ? profile(content, visit) : providers(content)) },
  { path: 'conversations', title: 'conversations', show: (content) => conversations(content, (one) => profileLink(one.with.userId)) },
];
