import { literal } from '../../focus/upgrade/index.ts';

/** FOCUS SKU price properties that keys of `AdditionalInfo` (lower case) stand for. */
const PROPERTIES: Readonly<Record<string, string>> = {
  imagetype: 'OperatingSystem',
  servicetype: 'InstanceType',
  vcpus: 'CoreCount',
};

/** What names a resource or a purchase, and so is nothing of the price. */
const NOT_OF_THE_PRICE = [
  'reservationid',
  'reservationorderid',
  'savingsplanid',
  'savingsplanorderid',
  'usageresourceid',
  'vmcapacityreservationid',
  'vmname',
];

/**
 * SQL of the pairs of SkuPriceDetails, from the column `details`: FOCUS properties where a key is one, else the key with `x_`
 * in front (`AHB`, the hybrid benefit, is `x_AHB`). What has no value is left out; null where nothing is left.
 */
export const skuDetailsSql = `nullif(list_transform(
    list_filter(details, lambda detail: detail.v NOT IN ('null', '""') AND lower(detail.k) NOT IN (${NOT_OF_THE_PRICE.map(literal).join(', ')})
      AND NOT (lower(detail.k) = 'vcpus' AND NOT regexp_full_match(trim(detail.v, '"'), '[1-9][0-9]*'))),
    lambda detail: {'k': CASE lower(detail.k) ${Object.entries(PROPERTIES)
      .map(([key, property]) => `WHEN ${literal(key)} THEN ${literal(property)}`)
      .join(' ')} ELSE 'x_' || detail.k END,
      'v': CASE WHEN lower(detail.k) = 'vcpus' THEN trim(detail.v, '"') ELSE detail.v END}), [])`;
