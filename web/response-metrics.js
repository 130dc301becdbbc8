/**
 * <response-metrics provider="…" src="…">: how quickly and how reliably a provider answers.
 *
 * It reads {src}/api/v1/providers/{provider}/profile of Replymeter's messaging-service (or, without `provider`, `src` itself),
 * and again every `refresh` seconds while somebody can see it; an answer that has not changed is an empty 304. All words
 * come with the answer, in the page's language. `profile` may be set by script instead. README.md describes everything.
 */

const NUMBERS = [
  ['typicalResponseTime', 'typical'],
  ['averageResponseTime', 'average'],
  ['responseRate', 'rate'],
];
const AGES = [['day', 86_400], ['hour', 3_600], ['minute', 60]];
const DEFAULT_REFRESH_SECONDS = 30;

const sheet = new CSSStyleSheet();
sheet.replaceSync(`
:host {
  --_text: var(--response-metrics-text, light-dark(#16202e, #eceff4));
  --_muted: var(--response-metrics-muted, light-dark(#536072, #a6b0bf));
  --_surface: var(--response-metrics-surface, light-dark(#fff, #18202b));
  --_border: var(--response-metrics-border, light-dark(#d8dee7, #344152));
  --_accent: var(--response-metrics-accent, light-dark(#0f6b62, #6fd3c3));
  --_notice: var(--response-metrics-notice, light-dark(#8a4b00, #f2bd6b));
  container-type: inline-size;
  display: block;
  max-inline-size: 34rem;
}
:host([hidden]), :host(:state(hidden)) { display: none }
:host([compact]) { max-inline-size: 20rem }
* { box-sizing: border-box; margin: 0 }
.badge {
  background: var(--_surface);
  border: 1px solid var(--_border);
  border-radius: var(--response-metrics-radius, .75rem);
  color: var(--_text);
  line-height: 1.4;
  padding: .875rem 1rem;
  position: relative;
}
dd { font-size: .9375rem; font-variant-numeric: tabular-nums; font-weight: 600; line-height: 1.3; margin-inline-start: auto }
dl { display: grid; gap: .25rem }
dl > div { align-items: baseline; display: flex; flex-wrap: wrap; gap: 0 .5rem; justify-content: space-between }
@container (max-width: 19.5rem) {
  dl > div { display: block }
  dd { margin: 0 }
}
@container (min-width: 30rem) {
  .badge { padding: 1rem 1.125rem }
  dl { gap: 1.75rem; grid-template-columns: repeat(3, auto); justify-content: start }
  dl > div { display: block }
  dd { font-size: 1.0625rem; margin: 0 }
}
.typical dd, .rate dd { color: var(--_accent) }
button {
  background: none; border: 0; color: var(--_muted); cursor: help; font: inherit; font-size: .8125rem;
  min-block-size: 1.5rem; padding: 0; text-align: start;
  text-decoration: underline dotted; text-decoration-thickness: 1px; text-underline-offset: .25em;
}
button:focus-visible { border-radius: .25rem; outline: 2px solid var(--_accent); outline-offset: 2px }
p { color: var(--_muted); font-size: .8125rem }
.lines { display: grid; gap: .25rem; margin-block-start: .75rem }
.lines:empty { display: none }
.notice { color: var(--_notice); font-weight: 600 }
.title { color: var(--_text); font-size: 1rem; font-weight: 600; margin-block-end: .25rem }
.help {
  background: var(--response-metrics-help-surface, light-dark(#16202e, #eceff4));
  border: 1px solid transparent; border-radius: .5rem; color: var(--response-metrics-help-text, light-dark(#fff, #16202e));
  inset-inline: .5rem; padding: .5rem .75rem; position: absolute; visibility: hidden; z-index: 1;
  opacity: 0; transition: opacity .12s;
}
.help.open { opacity: 1; visibility: visible }
.bar { background: var(--_border); block-size: .75rem; border-radius: .375rem; margin-block: .5rem }
.bar + .bar { inline-size: 60% }
.words { block-size: 1px; clip-path: inset(50%); inline-size: 1px; overflow: hidden; position: absolute }
.changed { animation: changed 1.2s }
.loading .bar { animation: waiting 1.4s infinite alternate }
@keyframes changed { from { background: color-mix(in srgb, var(--_accent) 18%, var(--_surface)) } }
@keyframes waiting { to { opacity: .4 } }
@media (forced-colors: active) { .bar { background: GrayText; forced-color-adjust: none } }
@media (prefers-reduced-motion) {
  .changed, .loading .bar { animation: none }
  .help { transition: none }
}
:host([compact]) .badge { padding: .75rem .875rem }
:host([compact]) :is(.average, .hours) { display: none }
:host([compact]) dl { gap: 1rem; grid-template-columns: max-content auto }
:host([compact]) dl > div { display: block }
:host([compact]) dd { font-size: 1rem; margin: 0 }
`);

/** An element with attributes and children; text is never read as HTML. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter((child) => child != null));
  return element;
}

export class ResponseMetrics extends HTMLElement {
  static observedAttributes = ['provider', 'src', 'refresh', 'lang'];

  /** A bearer token, or a function that returns one or a promise of one. Null sends none, for a proxy with cookies. */
  token = null;

  #internals = this.attachInternals();
  #root = this.attachShadow({ mode: 'open' });
  #profile;
  #language = '';
  #tag = '';
  #state = '';
  #stale = false;
  #shown = '';
  #timer = 0;
  #request;

  constructor() {
    super();
    this.#root.adoptedStyleSheets = [sheet];
  }

  /** loading, data, insufficient, stale, unavailable or hidden; also a custom state for CSS: response-metrics:state(stale). */
  get state() {
    return this.#state;
  }

  /** What is shown: the answer of GET …/profile, {availability, responseMetrics}. Null hides the badge. */
  get profile() {
    return this.#profile;
  }

  set profile(profile) {
    this.#profile = profile;
    this.#stale = false;
    this.#render();
  }

  connectedCallback() {
    document.addEventListener('visibilitychange', this.#onVisible);
    this.#render();
    this.#soon();
  }

  disconnectedCallback() {
    document.removeEventListener('visibilitychange', this.#onVisible);
    clearTimeout(this.#timer);
    this.#request?.abort();
  }

  attributeChangedCallback(name, before, now) {
    if (before === now) return;
    if (name === 'provider' || name === 'src') this.#profile = undefined;
    if (name !== 'refresh') this.#tag = '';
    if (this.isConnected) {
      this.#render();
      this.#soon();
    }
  }

  /** Asks now whether the answer has changed. Resolves when the badge says so. */
  async reload() {
    const address = this.#address();
    if (!address) return;
    clearTimeout(this.#timer);
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    try {
      const answer = await fetch(address, { headers: await this.#headers(), signal: request.signal, cache: 'no-store' });
      const profile = answer.ok ? await answer.json() : undefined;
      if (request.signal.aborted) return;
      this.#take(answer, profile);
    } catch {
      if (request.signal.aborted) return;
      this.#stale = true;
    }
    this.#render();
    const seconds = Number(this.getAttribute('refresh') ?? DEFAULT_REFRESH_SECONDS);
    if (seconds > 0 && this.isConnected) this.#timer = setTimeout(this.#onVisible, seconds * 1000);
  }

  #take(answer, profile) {
    this.#stale = !answer.ok && answer.status !== 304;
    if (answer.ok) {
      this.#profile = profile;
      this.#tag = answer.headers.get('ETag') ?? '';
      this.#language = answer.headers.get('Content-Language') ?? '';
    } else if (answer.status === 404) {
      this.#profile = null;
    }
  }

  #onVisible = () => {
    if (!document.hidden) this.reload();
  };

  /** Several attributes that are set in a row cause one request. */
  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.reload());
  }

  #address() {
    const provider = this.getAttribute('provider');
    const src = this.getAttribute('src') ?? '';
    return provider ? `${src.replace(/\/$/, '')}/api/v1/providers/${encodeURIComponent(provider)}/profile` : src;
  }

  async #headers() {
    const token = typeof this.token === 'function' ? await this.token() : this.token;
    const headers = { Accept: 'application/json' };
    const language = this.closest('[lang]')?.lang;
    if (language) headers['Accept-Language'] = language;
    if (token) headers.Authorization = `Bearer ${token}`;
    if (this.#tag) headers['If-None-Match'] = this.#tag;
    return headers;
  }

  #render() {
    const metrics = this.#profile?.responseMetrics;
    const before = this.#state;
    const state = this.#stateOf(metrics);
    const badge = make('div', { class: `badge ${state}`, part: 'badge', dir: 'auto' }, ...this.#content(state, metrics));
    if (this.#language) badge.lang = this.#language;
    if (state === 'loading') badge.ariaBusy = 'true';
    const shown = badge.outerHTML;
    if (shown === this.#shown) return; // nobody loses an open help text, or the focus, because nothing has changed
    const focused = this.#root.activeElement?.id;
    if (this.#shown && before !== 'loading') badge.classList.add('changed');
    this.#shown = shown;
    this.#root.replaceChildren(badge);
    if (focused) this.#root.getElementById(focused)?.focus();
    this.#setState(state);
  }

  #stateOf(metrics) {
    if (this.#profile === undefined) return this.#stale ? 'unavailable' : 'loading';
    if (!metrics) return 'hidden';
    if (metrics.responseRate) return metrics.stale || this.#stale ? 'stale' : 'data';
    return metrics.reason === 'UNAVAILABLE' ? 'unavailable' : 'insufficient';
  }

  #setState(state) {
    if (state === this.#state) return;
    this.#internals.states.delete(this.#state);
    this.#internals.states.add(state);
    this.#state = state;
    this.dispatchEvent(new CustomEvent('statechange', { detail: { state } }));
  }

  #content(state, metrics) {
    if (state === 'loading') {
      const words = make('slot', { name: 'loading' }, 'Loading response data');
      return [make('p', { class: 'words' }, words), make('div', { class: 'bar' }), make('div', { class: 'bar' })];
    }
    if (state === 'hidden') return [];
    if (metrics?.responseRate) return this.#numbers(metrics, state === 'stale');
    const title = metrics?.displayText ?? make('slot', { name: 'unavailable' }, 'Response data temporarily unavailable');
    return [
      make('p', { class: 'title', part: 'title' }, title),
      metrics && make('p', { part: 'note' }, metrics.note),
      make('div', { class: 'lines' }, ...this.#availability()),
    ];
  }

  #numbers(metrics, stale) {
    const { labels, help } = metrics;
    const groups = NUMBERS.map(([field, name]) => {
      const label = make('button', { id: name, type: 'button', part: 'label', 'aria-describedby': `${name}-help` }, labels[field]);
      this.#explain(label, name);
      const value = make('dd', { part: `value ${name}` }, metrics[field]);
      return make('div', { class: name }, make('dt', {}, label), value);
    });
    const helps = NUMBERS.map(([field, name]) =>
      make('p', { id: `${name}-help`, class: 'help', role: 'tooltip', part: 'help' }, help[field]));
    return [
      make('dl', {}, ...groups),
      ...helps,
      make(
        'div',
        { class: 'lines' },
        make('p', { part: 'basis' }, metrics.basis),
        metrics.excused && make('p', { part: 'excused', class: 'hours' }, metrics.excused),
        stale ? make('p', { part: 'age', class: 'notice' }, `${labels.lastKnown}: ${this.#age(metrics.asOf)}`) : null,
        ...this.#availability(),
      ),
    ];
  }

  #availability() {
    const { away, usuallyAnswers } = this.#profile?.availability ?? {};
    return [
      away && make('p', { part: 'away', class: 'notice' }, away),
      usuallyAnswers && make('p', { part: 'hours', class: 'hours' }, usuallyAnswers),
    ];
  }

  /** Shows a help text while its label has the pointer or the focus, or was pressed; Escape ends it (WCAG 1.4.13). */
  #explain(label, name) {
    const show = (open) => {
      const help = this.#root.getElementById(`${name}-help`);
      if (open) help.style.insetBlockStart = `${label.offsetTop + label.offsetHeight + 2}px`;
      help.classList.toggle('open', open);
      help.onpointerleave = open ? () => show(this.#root.activeElement === label) : null;
    };
    label.addEventListener('pointerenter', () => show(true));
    label.addEventListener('pointerleave', (event) => {
      if (event.relatedTarget?.id !== `${name}-help`) show(this.#root.activeElement === label);
    });
    label.addEventListener('focus', () => show(true));
    label.addEventListener('blur', () => show(false));
    label.addEventListener('click', () => {
      show(true);
      label.focus();
    });
    label.addEventListener('keydown', (event) => event.key === 'Escape' && show(false));
  }

  #age(time) {
    const seconds = Math.max(0, (Date.now() - Date.parse(time)) / 1000);
    const [unit, length] = AGES.find(([, most]) => seconds >= most) ?? AGES[2];
    const language = this.#language || this.closest('[lang]')?.lang || navigator.language;
    return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-Math.floor(seconds / length), unit);
  }
}

customElements.get('response-metrics') ?? customElements.define('response-metrics', ResponseMetrics);
