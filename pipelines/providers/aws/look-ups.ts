import { serviceSubcategories } from '@cloudact/core/focus';
import { quoteText } from '../../landing/session.ts';
import { awsRegions } from './regions.ts';
import { awsServices } from './services.ts';

const serviceCodes = Object.keys(awsServices);
const serviceCategories = new Map<string, string>(serviceSubcategories.map((row) => [row.subcategory, row.category]));

/**
 * Look-ups are lists, not joins: a join may turn the order of the rows around. DuckDB looks a text of a packed column up
 * once for each distinct value, in a function of that text alone; in a CASE it would do so for every row.
 */
export const serviceIndexSql = `list_position([${serviceCodes
  .map((code) => quoteText(code.toLowerCase()))
  .join(', ')}], lower(product_code))`;

function ofService(value: (code: string) => string): string {
  return `([${serviceCodes.map((code) => quoteText(value(code))).join(', ')}])[service]`;
}

/** Of the service whose number is in `service`; null where there is none. */
export const serviceNameSql = ofService((code) => awsServices[code]!.name);
export const serviceSubcategorySql = ofService((code) => awsServices[code]!.subcategory);
export const serviceCategorySql = ofService((code) => serviceCategories.get(awsServices[code]!.subcategory)!);

/** The Region that is named, else the one of the zone, else the one that the usage type starts with. */
export const regionIdSql = `COALESCE(
    CASE WHEN regexp_full_match(region, '[a-z]{2}(-[a-z]+)+-[0-9]+.*') THEN region END,
    nullif(regexp_extract(availability_zone, '^([a-z]{2}(?:-[a-z]+)+-[0-9]+)', 1), ''),
    CASE regexp_extract(usage_type, '^([A-Z]{2,3}[0-9]?)-', 1) ${awsRegions
      .filter(({ usagePrefix }) => usagePrefix !== null)
      .map(({ id, usagePrefix }) => `WHEN ${quoteText(usagePrefix!)} THEN ${quoteText(id)}`)
      .join(' ')} END)`;

/** The WHEN parts of a CASE from a Region's code to its name. */
export const regionNameCases = awsRegions
  .map(({ id, name }) => `WHEN ${quoteText(id)} THEN ${quoteText(name)}`)
  .join(' ');
