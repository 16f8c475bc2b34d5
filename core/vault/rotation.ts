import { CloudActError } from '../errors.ts';
import type { ControlWarehouse } from '../warehouse/port.ts';
import type { PublicKeySeal } from './data-keys.ts';
import type { KeyUnwrapper, KeyWrapper } from './port.ts';

/** What rotations work with. */
export interface RotationTools {
  control: ControlWarehouse;
  wrapper: KeyWrapper;
  unwrapper: KeyUnwrapper;
  seal: PublicKeySeal;
  now: () => Date;
}

/** What did not open on the way. One damaged thing must not keep all others from being rotated. */
export class Unopened {
  readonly #details: string[] = [];

  /** Does the work. Notes a `vault_sealed`, and throws everything else. */
  async note(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof CloudActError) || error.code !== 'vault_sealed') throw error;
      this.#details.push(error.detail);
    }
  }

  /** Throws `vault_sealed` when there was any. */
  throwIfAny(): void {
    if (this.#details.length === 0) return;
    throw new CloudActError('vault_sealed', {
      detail: `All others are done, but ${this.#details.length} did not open and stayed as they are. ${this.#details[0]}`,
      faults: this.#details.map((reason) => ({ reason })),
    });
  }
}
