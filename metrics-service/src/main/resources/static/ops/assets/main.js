import * as api from './api.js';
import {el, repeat} from './dom.js';
import {integrity} from './integrity.js';
import {overview} from './overview.js';
import {quarantine} from './quarantine.js';
import {rebuilds} from './rebuilds.js';

const PAGES = {
  overview: ['Overview', overview],
  quarantine: ['Quarantine', quarantine],
  rebuilds: ['Rebuilds', rebuilds],
  integrity: ['Integrity', integrity],
};

const main = document.getElementById('main');
const nav = document.getElementById('pages');
const health = document.getElementById('health');
const signOut = document.getElementById('sign-out');

let leave = () => {};
let stopHealth = () => {};

function pageName() {
  const name = location.hash.replace(/^#\/?/, '');
  return PAGES[name] ? name : 'overview';
}

function navigate(moved) {
  leave();
  const name = pageName();
  const [title, page] = PAGES[name];
  document.title = title + ' – Replymeter operations';
  nav.querySelectorAll('a').forEach(link => {
    const isHere = link.hash === '#/' + name;
    isHere ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
  });
  const heading = el('h1', {tabindex: '-1'}, title);
  const content = el('div', {class: 'stack'});
  main.replaceChildren(heading, content);
  leave = page(content);
  if (moved) {
    heading.focus();
  }
}

async function showHealth() {
  try {
    const {status, components = {}} = await api.health();
    const down = Object.entries(components).filter(([, part]) => part.status !== 'UP').map(([name]) => name);
    const text = status === 'UP' ? 'Healthy' : 'Health is ' + status + (down.length ? ': ' + down.join(', ') : '');
    sayHealth(status === 'UP' ? 'good' : 'bad', text);
  } catch {
    sayHealth('bad', 'Health is unknown');
  }
}

/** Said aloud only when it changes. */
function sayHealth(tone, text) {
  if (api.isSignedIn() && health.textContent !== text) {
    health.className = 'health ' + tone;
    health.textContent = text;
  }
}

function signIn(refused = false) {
  leave();
  stopHealth();
  leave = () => {};
  nav.hidden = true;
  signOut.hidden = true;
  health.textContent = '';
  document.title = 'Sign in – Replymeter operations';
  const token = el('input', {id: 'token', type: 'password', autocomplete: 'off', required: true, spellcheck: 'false'});
  main.replaceChildren(el('form', {class: 'card narrow', onsubmit: event => {
    event.preventDefault();
    api.keep(token.value);
    start(true);
  }},
  el('h1', {}, 'Sign in'),
  refused ? el('p', {class: 'alert', role: 'alert'}, 'The token is not valid, or no longer. Get another one.') : null,
  el('label', {for: 'token'}, 'Token with the scope metrics:ops'),
  token,
  el('p', {class: 'note'}, 'On this machine, ', el('code', {}, './replymeter token ops'),
    ' prints one. It is kept for this tab only.'),
  el('div', {class: 'actions'}, el('button', {class: 'primary'}, 'Sign in'))));
  token.focus();
}

function start(moved) {
  nav.hidden = false;
  signOut.hidden = false;
  stopHealth();
  stopHealth = repeat(5000, showHealth);
  navigate(moved);
}

nav.append(...Object.entries(PAGES).map(([name, [title]]) => el('a', {href: '#/' + name}, title)));
document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});
signOut.addEventListener('click', () => {
  api.forget();
  signIn();
});
addEventListener('signed-out', () => {
  api.forget();
  signIn(true);
});
addEventListener('hashchange', () => {
  api.takeTokenFromAddress();
  if (api.isSignedIn()) {
    navigate(true);
  }
});

api.takeTokenFromAddress();
api.isSignedIn() ? start(false) : signIn();
