/** The vault as the API has it: it seals. What opens is `@cloudact/core/vault/opening`, for the pipeline service. */
export { type CloudKmsOptions, cloudKms } from './cloud-kms.ts';
export { hostHash } from './host-hash.ts';
export { addLocalWrappingKey, openLocalKeyring, pruneLocalWrappingKeys } from './local-keyring.ts';
export type * from './port.ts';
export { openSealingVault, type SealingVaultOptions } from './sealing.ts';
