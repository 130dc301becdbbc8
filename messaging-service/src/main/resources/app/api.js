/** Calls messaging-service with the visitor's token, which stays in this tab. */
import { language, t } from './words.js';

const TOKEN = 'replymeter.token';
const answers = new Map();

/** Called when the token is refused. */
export const session = { refused: () => {} };

export const token = () => sessionStorage.getItem(TOKEN);

export function keep(value) {
  sessionStorage.setItem(TOKEN, value.trim());
  answers.clear();
}

export function forget() {
  sessionStorage.removeItem(TOKEN);
  answers.clear();
}

/** What a token says: its subject and scopes. Only to know what to show; the server decides what is allowed. */
export function claims() {
  try {
    const payload = token().split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    return JSON.parse(atob(payload));
  } catch {
    return {};
  }
}

/** Reads, and sends an answer's tag along the next time: what has not changed is not sent again. */
export async function get(path) {
  const known = answers.get(language + path);
  const answer = await call('GET', path, undefined, known ? { 'If-None-Match': known.tag } : {});
  if (answer.status === 304) return known.body;
  const body = await answer.json();
  const tag = answer.headers.get('ETag');
  if (tag) answers.set(language + path, { tag, body });
  return body;
}

/** Every page of a list, `most` at most. */
export async function all(path, field, most = 20) {
  const found = [];
  let cursor = null;
  for (let page = 0; page < most && (page === 0 || cursor); page++) {
    const answer = await get(path + (cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''));
    found.push(...answer[field]);
    cursor = answer.nextCursor;
  }
  return found;
}

export const post = (path, body, key = newKey()) => send('POST', path, body, { 'Idempotency-Key': key });
export const put = (path, body) => send('PUT', path, body);
export const patch = (path, body) => send('PATCH', path, body);

/** Names a request, so that sending it twice does it once. */
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function send(method, path, body, headers = {}) {
  const answer = await call(method, path, JSON.stringify(body), { 'Content-Type': 'application/json', ...headers });
  return answer.status === 204 ? null : answer.json();
}

async function call(method, path, body, headers) {
  let answer;
  try {
    answer = await fetch(path, {
      method,
      body,
      headers: { Authorization: `Bearer ${token()}`, 'Accept-Language': language, ...headers },
    });
  } catch {
    throw new Error(t('unreachable'));
  }
  if (answer.ok || answer.status === 304) return answer;
  if (answer.status === 401) session.refused();
  const document = await answer.json().catch(() => ({}));
  const details = (document.errors ?? []).map(({ field, reason }) => `${field} ${reason}`).join('; ');
  const error = new Error(details || document.detail || t('unreachable'));
  error.title = document.title;
  error.status = answer.status;
  throw error;
}
