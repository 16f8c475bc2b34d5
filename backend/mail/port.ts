/** Sends mail to people. */
export interface Mailer {
  /** Throws `unavailable` when the mail server refuses or does not answer. */
  send(mail: Mail): Promise<void>;
}

export interface Mail {
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}
