import { IS_RESOURCE_FEE, partIn } from './charges.ts';
import { creditsOf } from './credits.ts';
import { kindIn } from './lines.ts';

const CREDIT = `${creditsOf('commitment')}[1]`;
const OFFSET = `${creditsOf('offset')}[1]`;
const OF_FEE = `(${kindIn('fee')} AND ${partIn('whole', 'used', 'unused')})`;
/** Usage at a commitment's price: by its consumption model (new), or because a credit takes its cost off (old). */
const OF_MODEL = `(${partIn('whole')} AND (${kindIn('covered')} OR (${kindIn('usage')} AND has_model AND commitment = 0)))`;
const OF_CREDIT = `(${kindIn('usage')} AND commitment <> 0 AND ${partIn('whole', 'covered')})`;
const DELIVERED_RESOURCE = 'COALESCE(resource_global_name, resource_name)';

/**
 * The commitment of a charge, as columns over the categorised charges. The export names it since February 2024, in the
 * detailed form only; else it is known by its credit, its consumption model or its SKU (`commitment_assumed`). What is
 * bought and what stays unused is the commitment itself, so it is the resource there, as FOCUS asks.
 */
export const commitmentColumns = {
  commitment_id: `CASE WHEN ${OF_FEE} THEN COALESCE(subscription, ${CREDIT}.id, ${OFFSET}.id, sku, sku_name)
    WHEN ${OF_MODEL} THEN COALESCE(subscription, model)
    WHEN ${OF_CREDIT} THEN COALESCE(subscription, ${CREDIT}.id, ${CREDIT}.name) END`,
  commitment_name: `CASE WHEN ${OF_FEE} THEN sku_name WHEN ${OF_MODEL} THEN COALESCE(model_name, model) WHEN ${OF_CREDIT} THEN ${CREDIT}.name END`,
  commitment_is_usage: `CASE WHEN ${OF_FEE} THEN ${IS_RESOURCE_FEE} WHEN ${OF_CREDIT} THEN ${CREDIT}.type = 'COMMITTED_USAGE_DISCOUNT' ELSE false END`,
  commitment_status: `CASE WHEN ${OF_FEE} THEN CASE part WHEN 'used' THEN 'Used' WHEN 'unused' THEN 'Unused' END
    WHEN ${OF_MODEL} OR ${OF_CREDIT} THEN 'Used' END`,
  commitment_assumed: `CASE WHEN subscription IS NULL AND (${OF_FEE} OR ${OF_MODEL} OR ${OF_CREDIT}) THEN true END`,
  status_assumed: `CASE WHEN ${OF_FEE} AND ${partIn('used')} AND ${IS_RESOURCE_FEE} THEN true END`,
  resource_id: `CASE WHEN ${OF_FEE} THEN COALESCE(subscription, ${CREDIT}.id, ${OFFSET}.id, sku, sku_name) ELSE ${DELIVERED_RESOURCE} END`,
  /** A reservation of machines is told by its own row only where nothing used it. */
  reservation_id: `CASE WHEN lower(unused_reservation) = 'true' AND charge_category = 'Usage' THEN ${DELIVERED_RESOURCE} END`,
} as const;
