import type { BackendDependencies } from '../../dependencies.ts';

/** What it takes to make and to delete an organisation. */
export interface LifecycleStores
  extends Pick<BackendDependencies, 'metadata' | 'warehouse' | 'vault' | 'billing' | 'exportDirectory' | 'now'> {
  readonly identity: Pick<BackendDependencies['identity'], 'apiKeys' | 'revocations'>;
}
