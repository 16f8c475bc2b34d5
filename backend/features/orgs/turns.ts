import type { OrgSlug } from '@cloudact/core/org';

/** Lets work on one organisation run one after the other, in the order of asking. Other organisations do not wait. */
export class Turns {
  readonly #last = new Map<OrgSlug, Promise<unknown>>();

  async inTurn<T>(org: OrgSlug, work: () => Promise<T>): Promise<T> {
    const turn = (this.#last.get(org) ?? Promise.resolve()).then(work);
    const settled = turn.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(org, settled);
    try {
      return await turn;
    } finally {
      if (this.#last.get(org) === settled) this.#last.delete(org);
    }
  }
}
