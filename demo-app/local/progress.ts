/** Shows steps of long work: one line each, live in a terminal, plain where output goes to a file. */
export class Progress {
  readonly #out: NodeJS.WriteStream;
  #lastShare = -1;

  constructor(out: NodeJS.WriteStream = process.stdout) {
    this.#out = out;
  }

  /** Runs one step, showing how far it is and how long it took. */
  async step<T>(name: string, work: (report: (note: string, share?: number) => void) => Promise<T>): Promise<T> {
    const started = performance.now();
    this.#lastShare = -1;
    if (this.#out.isTTY) this.#out.write(`  … ${name}`);
    try {
      const result = await work((note, share) => this.#show(name, note, share));
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      this.#line(`  ✓ ${name} (${seconds} s)`);
      return result;
    } catch (error) {
      this.#line(`  ✗ ${name}`);
      throw error;
    }
  }

  #show(name: string, note: string, share?: number): void {
    const percent = share === undefined ? undefined : Math.floor(share * 100);
    if (this.#out.isTTY) {
      const text = `  … ${name}: ${note}${percent === undefined ? '' : ` ${bar(share!)} ${percent}%`}`;
      this.#out.write(`\r\x1b[2K${text.slice(0, this.#out.columns - 1)}`);
    } else if (percent !== undefined && percent >= this.#lastShare + 25) {
      this.#lastShare = percent;
      this.#out.write(`    ${name}: ${note} ${percent}%\n`);
    }
  }

  #line(text: string): void {
    this.#out.write(this.#out.isTTY ? `\r\x1b[2K${text}\n` : `${text}\n`);
  }
}

function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * 20);
  return '█'.repeat(filled) + '░'.repeat(20 - filled);
}
