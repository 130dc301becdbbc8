/** Everybody of the sample marketplace, to be looked at from their side. Each opens in a tab of its own. */
import * as api from './api.js';
import { el, problem } from './dom.js';
import { t } from './words.js';

const MOST = 60;

function card(person) {
  const link = el('a', { href: `/#token=${person.token}`, target: '_blank', rel: 'noopener' }, person.name);
  return el('li', { class: 'card person' }, el('h2', {}, link), el('p', { class: 'note' }, t(`role.${person.role}`), person.about && ` · ${person.about}`));
}

async function show(content) {
  const filter = el('input', { id: 'filter', type: 'search', autocomplete: 'off' });
  const list = el('ul', { class: 'cards' });
  content.append(el('p', { class: 'lead' }, t('people.note')), el('div', { class: 'field' }, el('label', { for: 'filter' }, t('people.filter')), filter), list);
  try {
    const { people: everybody } = await api.get('/api/v1/demo/people');
    const draw = () => {
      const wanted = filter.value.toLowerCase();
      const found = everybody.filter(({ name, about }) => `${name} ${about ?? ''}`.toLowerCase().includes(wanted));
      list.replaceChildren(...found.slice(0, MOST).map(card));
    };
    filter.addEventListener('input', draw);
    draw();
  } catch (error) {
    list.replaceWith(problem(error));
  }
}

export const people = { path: 'people', title: 'people', show: (content) => void show(content) };
