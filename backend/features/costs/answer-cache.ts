/** Finished answers by key, bounded by bytes: what was not asked for longest goes first. */
export class AnswerCache<Answer extends { readonly json: string }> {
  readonly #capacity: number;
  /** In the order of use: a Map keeps the order of insertion. */
  readonly #answers = new Map<string, { answer: Answer; bytes: number }>();
  readonly #underWay = new Map<string, Promise<Answer>>();
  #bytes = 0;

  constructor(capacityBytes: number) {
    this.#capacity = capacityBytes;
  }

  /**
   * The answer of this key. Equal questions at the same time are answered once. `make` tells the key that its answer
   * belongs to, which is another one when newer data came in meanwhile.
   */
  async get(key: string, make: () => Promise<{ key: string; answer: Answer }>): Promise<Answer> {
    const known = this.#answers.get(key);
    if (known !== undefined) {
      this.#answers.delete(key);
      this.#answers.set(key, known);
      return known.answer;
    }
    const shared = this.#underWay.get(key);
    if (shared !== undefined) return shared;
    const making = make()
      .then((made) => {
        this.#keep(made.key, made.answer);
        return made.answer;
      })
      .finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, making);
    return making;
  }

  get bytes(): number {
    return this.#bytes;
  }

  #keep(key: string, answer: Answer): void {
    const bytes = Buffer.byteLength(key) + Buffer.byteLength(answer.json);
    // One answer that takes a large share would push out many that are asked for more often.
    if (bytes > this.#capacity / 4) return;
    this.#drop(key);
    this.#answers.set(key, { answer, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#answers.keys()) {
      if (this.#bytes <= this.#capacity) return;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    this.#bytes -= this.#answers.get(key)?.bytes ?? 0;
    this.#answers.delete(key);
  }
}
