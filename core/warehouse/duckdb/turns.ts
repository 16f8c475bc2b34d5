/**
 * Whose turn it is when several parties share a few places. The one that holds the fewest goes first, and of equals the
 * one that has waited longest for its turn: so nobody gets a second place while another waits for a first, and each of those who
 * wait is passed over by any other at most once. Within a party, first come, first served.
 */
export class Turns<Waiter> {
  /** In the order of their turns: a Map keeps the order of insertion. Nobody is in here who does not wait. */
  readonly #waiting = new Map<string, Set<Waiter>>();
  readonly #held = new Map<string, number>();

  /** How many of the party wait. */
  waiting(party: string): number {
    return this.#waiting.get(party)?.size ?? 0;
  }

  wait(party: string, waiter: Waiter): void {
    const line = this.#waiting.get(party);
    if (line) line.add(waiter);
    else this.#waiting.set(party, new Set([waiter]));
  }

  leave(party: string, waiter: Waiter): void {
    const line = this.#waiting.get(party);
    line?.delete(waiter);
    if (line?.size === 0) this.#waiting.delete(party);
  }

  /** The party holds one place more. */
  take(party: string): void {
    this.#held.set(party, (this.#held.get(party) ?? 0) + 1);
  }

  /** The party holds one place less. */
  giveBack(party: string): void {
    const held = this.#held.get(party)! - 1;
    if (held === 0) this.#held.delete(party);
    else this.#held.set(party, held);
  }

  /** Gives a place to the one whose turn it is; undefined when nobody waits. */
  next(): Waiter | undefined {
    const party = this.#nextParty();
    if (party === undefined) return undefined;
    const line = this.#waiting.get(party)!;
    const [waiter] = line;
    line.delete(waiter!);
    this.#waiting.delete(party);
    if (line.size > 0) this.#waiting.set(party, line);
    this.take(party);
    return waiter;
  }

  /** Sends everybody away who waits. */
  clear(): Waiter[] {
    const everybody = [...this.#waiting.values()].flatMap((line) => [...line]);
    this.#waiting.clear();
    return everybody;
  }

  #nextParty(): string | undefined {
    let next: string | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (const party of this.#waiting.keys()) {
      const held = this.#held.get(party) ?? 0;
      if (held < fewest) [next, fewest] = [party, held];
      if (held === 0) break;
    }
    return next;
  }
}
