/** When a provider answers, in words. */
export interface Availability {
  usuallyAnswers: string | null;
  away: string | null;
}

/** The numbers in words, in the reader's language. */
export interface ShownMetrics {
  typicalResponseTime: string;
  averageResponseTime: string;
  responseRate: string;
  basedOnDays: number;
  period: string;
  sampleSize: number;
  basis: string;
  excused: string | null;
  /** ISO 8601, UTC */
  lastUpdated: string | null;
  /** ISO 8601, UTC */
  asOf: string;
  stale: boolean;
  labels: { typicalResponseTime: string; averageResponseTime: string; responseRate: string; lastKnown: string };
  help: { typicalResponseTime: string; averageResponseTime: string; responseRate: string };
}

/** Why there are no numbers. */
export interface NoMetrics {
  reason: 'INSUFFICIENT_DATA' | 'UNAVAILABLE';
  displayText: string;
  note: string;
}

/** The part of GET …/providers/{id}/profile that the badge shows. */
export interface Profile {
  availability?: Availability | null;
  responseMetrics?: ShownMetrics | NoMetrics | null;
}

export type State = 'loading' | 'data' | 'insufficient' | 'stale' | 'unavailable' | 'hidden';

export interface StateChangeEvent extends CustomEvent<{ state: State }> {
  type: 'statechange';
}

/** The custom element `<response-metrics>`. */
export class ResponseMetrics extends HTMLElement {
  /** A bearer token, or a function that returns one or a promise of one. Null sends none. */
  token: string | null | (() => string | null | Promise<string | null>);
  /** What is shown. Undefined while loading; null hides the badge. */
  profile: Profile | null | undefined;
  readonly state: State;
  /** Asks now whether the answer has changed. Resolves when the badge says so. */
  reload(): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    'response-metrics': ResponseMetrics;
  }
}
