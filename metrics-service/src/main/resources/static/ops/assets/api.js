const KEY = 'replymeter.ops-token';

/** Takes a token out of the address (#token=…), where nobody shall read it later. */
export function takeTokenFromAddress() {
  const found = /^#token=(.+)$/.exec(location.hash);
  if (found) {
    keep(decodeURIComponent(found[1]));
    history.replaceState(null, '', location.pathname);
  }
}

/** Kept for this tab only. */
export function keep(token) {
  sessionStorage.setItem(KEY, token.trim());
}

export function forget() {
  sessionStorage.removeItem(KEY);
}

export function isSignedIn() {
  return sessionStorage.getItem(KEY) !== null;
}

/** What the service said instead of doing it, or why it did not answer. */
export class Refused extends Error {
  constructor(status, title, detail) {
    super(detail);
    this.status = status;
    this.title = title;
  }
}

async function send(method, path, body) {
  const headers = {Authorization: 'Bearer ' + sessionStorage.getItem(KEY)};
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  try {
    return await fetch(path, {method, headers, body: body === undefined ? undefined : JSON.stringify(body)});
  } catch {
    throw new Refused(0, 'No answer', 'The service cannot be reached. This page goes on trying.');
  }
}

async function call(method, path, body) {
  const answer = await send(method, path, body);
  if (answer.ok) {
    return answer.status === 204 ? null : answer.json();
  }
  if (answer.status === 401) {
    dispatchEvent(new Event('signed-out'));
  }
  const problem = await answer.json().catch(() => ({}));
  throw new Refused(answer.status, problem.title ?? 'Status ' + answer.status, problem.detail ?? '');
}

const get = path => call('GET', path);

export const ingest = () => get('/ops/v1/ingest');
export const ignored = () => get('/ops/v1/ignored');
export const incompleteNumbers = () => get('/ops/v1/incomplete-numbers');
export const integrity = () => get('/ops/v1/integrity');

/** DOWN is answered with 503, and is an answer. */
export async function health() {
  const answer = await send('GET', '/actuator/health');
  if (answer.ok || answer.status === 503) {
    return answer.json();
  }
  throw new Refused(answer.status, 'Health is not told', '');
}

export function quarantine(reason, cursor) {
  const query = new URLSearchParams({limit: 50, cursor});
  if (reason) {
    query.set('reason', reason);
  }
  return get('/ops/v1/quarantine?' + query);
}

export const quarantined = id => get('/ops/v1/quarantine/' + id);
export const replay = id => call('POST', `/ops/v1/quarantine/${id}/replay`);
export const discard = id => call('DELETE', '/ops/v1/quarantine/' + id);

export const rebuilds = async () => (await get('/ops/v1/rebuilds')).rebuilds;
export const differences = generation => get(`/ops/v1/rebuilds/${generation}/differences`);
export const startRebuild = request => call('POST', '/ops/v1/rebuilds', request);
export const act = (generation, action, request) => call('POST', `/ops/v1/rebuilds/${generation}/${action}`, request);
export const throttle = (generation, limit) => call('PATCH', '/ops/v1/rebuilds/' + generation, {throttle: limit});
