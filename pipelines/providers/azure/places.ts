import { quoteText } from '../../landing/session.ts';
import { azureRegions } from './data/regions.ts';
import { azureResourceTypes } from './data/resource-types.ts';

/** RegionId of a location in any spelling (`EU West`, `westeurope`); a location that no list has stands for itself. */
export function regionIdSql(location: string): string {
  const folded = `regexp_replace(lower(${location}), '[ _-]', '', 'g')`;
  const spellings = Object.entries(azureRegions).flatMap(([id, [, others]]) =>
    others
      .split(' ')
      .filter(Boolean)
      .map((spelling) => `WHEN ${quoteText(spelling)} THEN ${quoteText(id)}`),
  );
  return `CASE WHEN ${folded} IN ('', 'unassigned', 'unknown', 'global', 'na', 'n/a', 'intercontinental') THEN NULL
    WHEN ${folded} IN (${Object.keys(azureRegions).map(quoteText).join(', ')}) THEN ${folded}
    ELSE CASE ${folded} ${spellings.join(' ')} ELSE ${folded} END END`;
}

export function regionNameSql(regionId: string, location: string): string {
  const cases = Object.entries(azureRegions).map(([id, [name]]) => `WHEN ${quoteText(id)} THEN ${quoteText(name)}`);
  return `CASE WHEN ${regionId} IS NOT NULL THEN CASE ${regionId} ${cases.join(' ')} ELSE ${location} END END`;
}

/**
 * Columns `resource_provider` (`microsoft.compute`) and `resource_kind` (`virtualmachines/extensions`) of an ARM id in lower
 * case, of its last resource provider; null of anything else.
 */
export function resourceTypeColumns(resourceId: string, deliveredType: string): string[] {
  const path = `string_split(nullif(regexp_extract(${resourceId}, '^.*/providers/(.+/.+)$', 1), ''), '/')`;
  const delivered = `string_split(${deliveredType}, '/')`;
  return [
    `COALESCE(${path}[1], ${delivered}[1]) AS resource_provider`,
    `COALESCE(array_to_string(list_filter(${path}, lambda part, i: i % 2 = 0), '/'), array_to_string(${delivered}[2:], '/')) AS resource_kind`,
  ];
}

/** The display name of a resource type, else the type itself, else `Other`: FOCUS wants a type wherever there is an id. */
export function resourceTypeNameSql(): string {
  const cases = Object.entries(azureResourceTypes).map(
    ([provider, kinds]) =>
      `WHEN ${quoteText(provider)} THEN CASE resource_kind ${Object.entries(kinds)
        .map(([kind, name]) => `WHEN ${quoteText(kind)} THEN ${quoteText(name)}`)
        .join(' ')} END`,
  );
  return `COALESCE(CASE resource_provider ${cases.join('\n    ')} END, resource_provider || '/' || nullif(resource_kind, ''), 'Other')`;
}
