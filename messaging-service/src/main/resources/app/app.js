/** Who is here, and which page they look at. */
import '/assets/response-metrics.js';
import * as api from './api.js';
import { clientPages } from './client.js';
import { el, problem } from './dom.js';
import { people } from './people.js';
import { providerPages } from './provider.js';
import { chooseLanguage, language, languages, loadWords, t } from './words.js';

const main = document.getElementById('main');
const nav = document.getElementById('pages');
const account = document.getElementById('account');
const skip = document.getElementById('skip');

let me = null;
let pages = [];
let leave = () => {};

/** Takes the token out of the address at once, so that it stays in no history and is in no link. */
function takeToken() {
  const [, given] = location.hash.match(/^#token=(.+)$/) ?? [];
  if (!given) return false;
  api.keep(decodeURIComponent(given));
  history.replaceState(null, '', location.pathname);
  return true;
}

async function start() {
  leave();
  leave = () => {};
  me = null;
  pages = [];
  if (!api.token()) return signIn();
  try {
    if ((api.claims().scope ?? '').split(' ').includes('demo')) pages = [people];
    else {
      me = await api.get('/api/v1/me/profile');
      pages = me.role === 'PROVIDER' ? providerPages : clientPages;
    }
    header();
    navigate(false);
  } catch (error) {
    if (!api.token()) return;
    header();
    const text = error.status === 403 || error.status === 404 ? el('p', { class: 'alert', role: 'alert' }, t('no-user')) : problem(error);
    main.replaceChildren(el('h1', {}, 'Replymeter'), text);
  }
}

function header() {
  const choice = el('select', { id: 'language', onchange: async () => {
    await chooseLanguage(choice.value);
    start();
  } }, languages.map(({ tag, name }) => el('option', { value: tag, lang: tag, selected: tag === language }, name)));
  account.replaceChildren(
    ...[
      me && el('p', { class: 'who' }, el('strong', { dir: 'auto' }, me.displayName), ' ', t(`role.${me.role}`)),
      el('label', { class: 'hidden', for: 'language' }, t('language')),
      choice,
      api.token() && el('button', { type: 'button', class: 'quiet', onclick: signOut }, t('sign-out')),
    ].filter(Boolean),
  );
  skip.textContent = t('skip');
  skip.hidden = false;
  const linked = pages.filter((page) => page.title);
  nav.hidden = linked.length < 2;
  nav.ariaLabel = t('pages');
  nav.replaceChildren(...linked.map((page) => el('a', { href: `#/${page.path}` }, t(page.title))));
}

function signOut() {
  api.forget();
  history.replaceState(null, '', location.pathname);
  start();
}

function signIn(refused = false) {
  leave();
  leave = () => {};
  pages = [];
  header();
  document.title = `${t('sign-in')} – Replymeter`;
  const field = el('input', { id: 'token', type: 'password', autocomplete: 'off', required: true, spellcheck: 'false' });
  main.replaceChildren(
    el('form', { class: 'card narrow stack', onsubmit: (event) => {
      event.preventDefault();
      api.keep(field.value);
      start();
    } },
    el('h1', {}, t('sign-in')),
    refused && el('p', { class: 'alert', role: 'alert' }, t('refused')),
    el('p', { class: 'note' }, t('sign-in.note')),
    el('label', { for: 'token' }, t('token')),
    field,
    el('button', { class: 'primary' }, t('sign-in'))),
  );
}

/** Shows the page of the address. A page is {path, title, heading, show(content, argument)}; showing it returns how to leave it. */
function navigate(moved) {
  leave();
  leave = () => {};
  const [name, ...rest] = location.hash.replace(/^#\/?/, '').split('/');
  const page = pages.find(({ path }) => path === name) ?? pages[0];
  for (const link of nav.querySelectorAll('a')) {
    const here = link.hash === `#/${page.path}`;
    if (here) {
      link.setAttribute('aria-current', 'page');
      link.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    } else link.removeAttribute('aria-current');
  }
  const heading = el('h1', { tabindex: '-1', dir: 'auto' }, t(page.heading ?? page.title));
  const content = el('div', { class: 'stack' });
  main.replaceChildren(heading, content);
  const title = (text) => {
    heading.textContent = text;
    document.title = `${text} – Replymeter`;
  };
  title(heading.textContent);
  leave = page.show(content, { argument: page.path === name ? rest.map(decodeURIComponent) : [], me, title }) ?? (() => {});
  scrollTo(0, 0);
  if (moved) heading.focus();
}

api.session.refused = () => {
  if (!api.token()) return;
  api.forget();
  signIn(true);
};

skip.addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
window.addEventListener('hashchange', () => (takeToken() ? start() : pages.length > 0 && navigate(true)));

takeToken();
await loadWords();
await start();
