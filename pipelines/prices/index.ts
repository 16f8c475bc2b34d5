/** The dated price book: what usage costs by list, and by an organisation's own contracts. */
export { listBook } from './list-book.ts';
export { isMeterId, type Meter, type MeterId, meterIds, meters } from './meters.ts';
export { type Overrides, type OwnPrice, readOverrides, readOverridesFile } from './overrides.ts';
export {
  createPriceBook,
  type ModelIdentity,
  type Price,
  type PriceAnswer,
  type PriceBook,
  type PriceBookOptions,
  type PriceQuestion,
} from './price-book.ts';
export {
  priceRequest,
  type RequestAttempt,
  type RequestCharge,
  type RequestCost,
  type RequestPriceOptions,
} from './price-request.ts';
export { type Repricing, repriceDifferences } from './reprice.ts';
export type { ResponseFormat } from './request/formats.ts';
