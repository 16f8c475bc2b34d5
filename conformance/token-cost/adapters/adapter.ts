import type { Fixture } from '../fixture.ts';

/** A library under test. */
export interface Adapter {
  /** As the table shows it, with its version. */
  readonly name: string;
  /** USD, decimal text; null, or an error, where the library says that it does not know. */
  price(fixture: Fixture): string | null;
}
