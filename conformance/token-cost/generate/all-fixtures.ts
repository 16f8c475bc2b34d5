import type { Fixture } from '../fixture.ts';
import { attemptsApart } from './classes/attempts-apart.ts';
import { attemptsInOne } from './classes/attempts-in-one.ts';
import { cacheIgnored } from './classes/cache-ignored.ts';
import { cacheInOrOut } from './classes/cache-in-or-out.ts';
import { contractPrices } from './classes/contract-prices.ts';
import { dailyTotals } from './classes/daily-totals.ts';
import { modelNames } from './classes/model-names.ts';
import { otherUnitsOfMedia } from './classes/other-units-media.ts';
import { otherUnitsOfTools } from './classes/other-units-tools.ts';
import { ownCache } from './classes/own-cache.ts';
import { priceChanges } from './classes/price-changes.ts';
import { reasoning } from './classes/reasoning.ts';
import { streamedResponses } from './classes/streamed.ts';
import { tiersOfLength } from './classes/tiers-length.ts';
import { tiersOfService } from './classes/tiers-service.ts';

/** What `fixtures/` has, as it is made. */
export const allFixtures: readonly Fixture[] = [
  ...cacheInOrOut,
  ...cacheIgnored,
  ...contractPrices,
  ...reasoning,
  ...streamedResponses,
  ...attemptsApart,
  ...attemptsInOne,
  ...modelNames,
  ...otherUnitsOfTools,
  ...otherUnitsOfMedia,
  ...ownCache,
  ...priceChanges,
  ...dailyTotals,
  ...tiersOfLength,
  ...tiersOfService,
];
