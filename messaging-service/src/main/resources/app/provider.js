/** What a provider sees: the own numbers and what made them, conversations, opening hours and absence. */
import * as api from './api.js';
import { dailyCharts, distributionChart } from './charts.js';
import { conversation, conversations } from './conversation.js';
import { el, notify, problem, repeat, show } from './dom.js';
import { hours } from './hours.js';
import { inquiries } from './inquiries.js';
import { t } from './words.js';

function visibility(isShown, changed) {
  const box = el('input', { type: 'checkbox', id: 'shown', checked: isShown, onchange: async () => {
    try {
      await api.patch('/api/v1/me/profile', { showResponseMetrics: box.checked });
      notify(t(box.checked ? 'shown.on' : 'shown.off'));
      changed();
    } catch (error) {
      box.checked = !box.checked;
      notify(error.message);
    }
  } });
  return el('label', { class: 'check', for: 'shown' }, box, t('shown'));
}

function numbers(content) {
  const badge = el('response-metrics', {});
  const choice = el('div');
  const charts = el('div', { class: 'stack' });
  const failed = el('div');
  content.append(el('section', { class: 'card stack', 'aria-label': t('numbers.profile') },
    el('p', { class: 'note' }, t('numbers.note')), badge, choice), failed, charts);
  const refresh = async () => {
    try {
      const [own, availability, daily, distribution] = await Promise.all([
        api.get('/api/v1/me/response-metrics'),
        api.get('/api/v1/me/availability'),
        api.get('/api/v1/me/response-metrics/daily'),
        api.get('/api/v1/me/response-metrics/distribution'),
      ]);
      badge.profile = { responseMetrics: own.responseMetrics, availability: availability.inWords };
      show(choice, own.showResponseMetrics, () => visibility(own.showResponseMetrics, refresh));
      show(charts, [daily, distribution], () => [dailyCharts(daily.days), distributionChart(distribution)]);
      failed.replaceChildren();
    } catch (error) {
      failed.replaceChildren(problem(error));
    }
  };
  return repeat(5_000, refresh);
}

function talk(content, { argument: [conversationId, clientId], me, title }) {
  const place = el('section', { class: 'card talk', 'aria-label': t('conversation') });
  content.append(el('p', {}, el('a', { href: '#/conversations' }, t('all-conversations'))), place);
  let stop = () => {};
  let left = false;
  api.get(`/api/v1/clients/${encodeURIComponent(clientId)}/profile`).then((client) => {
    if (left) return;
    title(client.displayName);
    stop = conversation(place, me, { userId: clientId, displayName: client.displayName }, conversationId);
  }, (error) => content.replaceChildren(problem(error)));
  return () => {
    left = true;
    stop();
  };
}

export const talkLink = (conversationId, clientId) => `#/conversations/${conversationId}/${clientId}`;

export const providerPages = [
  { path: 'numbers', title: 'numbers', show: (content) => numbers(content) },
  { path: 'inquiries', title: 'inquiries', show: (content) => inquiries(content, talkLink) },
  { path: 'conversations', title: 'conversations', show: (content, visit) => (visit.argument.length > 1
    ? talk(content, visit) : conversations(content, (one) => talkLink(one.conversationId, one.with.userId))) },
  { path: 'hours', title: 'hours', show: (content) => void hours(content) },
];
