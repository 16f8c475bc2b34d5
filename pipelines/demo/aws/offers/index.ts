import type { Meter } from '../../meters.ts';
import { computeOffers } from './compute.ts';
import { dataOffers } from './data.ts';
import type { Offer } from './offer.ts';
import { operationsOffers } from './operations.ts';

/** Which product of the provider answers to each meter that the company uses here. */
export const offers: Partial<Readonly<Record<Meter, Offer>>> = { ...computeOffers, ...dataOffers, ...operationsOffers };
