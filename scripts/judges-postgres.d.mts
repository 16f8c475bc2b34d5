interface Skipped {
  skipped: string;
}

/** The programs and the user they run as, or why there are none. Starts nothing. */
export function findPostgres(): { bin: string; user: { uid?: number; gid?: number }; version: string } | Skipped;

/** A started server with a new, empty database, or why there is none. It ends with this process, or at `stop()`. */
export function postgresJudge(): Promise<{ url: string; version: string; stop(): Promise<void> } | Skipped>;
