/**
 * Collects ASCII text in one buffer. For files of a million lines this takes a third of the time of adding strings:
 * the parts of a line that stay the same are copied as bytes and are never text again.
 */
export class AsciiWriter {
  #bytes = Buffer.allocUnsafe(1 << 20);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  bytes(part: Uint8Array): void {
    this.#reserve(part.length);
    this.#bytes.set(part, this.#length);
    this.#length += part.length;
  }

  text(part: string): void {
    this.#reserve(part.length);
    for (let index = 0; index < part.length; index += 1) this.#bytes[this.#length + index] = part.charCodeAt(index);
    this.#length += part.length;
  }

  /** What was collected; the writer is empty afterwards. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#length));
    this.#length = 0;
    return taken;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe((this.#length + more) * 2);
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
