/** A server on this machine that answers as the provider did. */
export interface ReplayServer {
  /** `endpoint` of a connector's context. */
  readonly endpoint: string;
  /** What the connector's `parse` takes: a key that this server knows, and whose answers they are. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Days that the answers tell of, `YYYY-MM-DD`, in any order. */
  readonly days: readonly string[];
  close(): Promise<void>;
}
