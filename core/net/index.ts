/** Calls to servers whose addresses somebody else chose. */
export { refuseOtherHosts } from './allowed-hosts.ts';
export { type SafeFetchInit, safeFetch } from './safe-fetch.ts';
