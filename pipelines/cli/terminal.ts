/** Where a command writes. Results go to `out`, everything else to `error`. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  /** The stream that a progress bar may draw on; undefined where nobody looks. */
  readonly screen: NodeJS.WriteStream | undefined;
}

export const terminal: Terminal = {
  out: (text) => void process.stdout.write(`${text}\n`),
  error: (text) => void process.stderr.write(`${text}\n`),
  screen: process.stderr.isTTY ? process.stderr : undefined,
};
