export { checkTotals } from './check-totals.ts';
export { type ReconciledTotal, reconcile, ties } from './reconcile.ts';
