/** A period of a chart was chosen, with the pointer or the keyboard. */
export class PeriodSelectEvent extends Event {
  /** First day, `YYYY-MM-DD`, UTC. */
  readonly periodStart: string;
  /** First day after the period. */
  readonly periodEnd: string;

  constructor(periodStart: string, periodEnd: string) {
    super('cloudact-period-select', { bubbles: true, composed: true });
    this.periodStart = periodStart;
    this.periodEnd = periodEnd;
  }
}

/** The token callback failed or timed out, or the API refused two tokens in a row. */
export class AuthErrorEvent extends Event {
  readonly error: Error;

  constructor(error: Error) {
    super('cloudact-auth-error', { bubbles: true, composed: true });
    this.error = error;
  }
}

/** A widget could not load its data. It shows so itself; the event lets the host log it. */
export class LoadErrorEvent extends Event {
  readonly error: Error;

  constructor(error: Error) {
    super('cloudact-load-error', { bubbles: true, composed: true });
    this.error = error;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cloudact-period-select': PeriodSelectEvent;
    'cloudact-auth-error': AuthErrorEvent;
    'cloudact-load-error': LoadErrorEvent;
  }
}
