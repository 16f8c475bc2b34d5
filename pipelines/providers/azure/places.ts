import { lookUpSql } from '../look-up.ts';
import { azureRegions } from './data/regions.ts';
import { azureResourceTypes } from './data/resource-types.ts';

/** A location in one spelling, from any (`EU West`, `westeurope`). */
export function foldedLocationSql(location: string): string {
  return `regexp_replace(lower(${location}), '[ _-]', '', 'g')`;
}

/** Some of these are in the list of regions, too. */
const NOWHERE = ['', 'unassigned', 'unknown', 'global', 'na', 'n/a', 'intercontinental'];

/** RegionId of a folded location; one that no list has stands for itself. */
export function regionIdSql(folded: string): string {
  const ids = Object.fromEntries([
    ...Object.entries(azureRegions).flatMap(([id, [, others]]) => [
      [id, id],
      ...others
        .split(' ')
        .filter(Boolean)
        .map((spelling) => [spelling, id]),
    ]),
    ...NOWHERE.map((place) => [place, '']),
  ]);
  return `nullif(COALESCE(${lookUpSql(folded, ids)}, ${folded}), '')`;
}

export function regionNameSql(regionId: string, location: string): string {
  const names = Object.fromEntries(Object.entries(azureRegions).map(([id, [name]]) => [id, name]));
  return `CASE WHEN ${regionId} IS NOT NULL THEN COALESCE(${lookUpSql(regionId, names)}, ${location}) END`;
}

/**
 * In two layers, what an ARM id in lower case is the id of, by its last resource provider; null of anything else.
 * `resourcePathSql` is the list of what follows `/providers/`; of it and of the delivered type, split, come the columns
 * `resource_provider` (`microsoft.compute`) and `resource_kind` (`virtualmachines/extensions`).
 */
export function resourcePathSql(resourceId: string): string {
  const last = `split_part(${resourceId}, '/providers/', -1)`;
  return `CASE WHEN NOT contains(${resourceId}, '/providers/') THEN NULL
    WHEN contains(${last}[2:-2], '/') THEN string_split(${last}, '/')
    ELSE string_split(nullif(regexp_extract(${resourceId}, '^.*/providers/(.+/.+)$', 1), ''), '/') END`;
}

export function resourceTypeColumns(path: string, delivered: string): string[] {
  return [
    `COALESCE(${path}[1], ${delivered}[1]) AS resource_provider`,
    `COALESCE(array_to_string(${path}[2:-:2], '/'), array_to_string(${delivered}[2:], '/')) AS resource_kind`,
  ];
}

/** SQL of a resource type as one text; null where there is none. */
export const resourceTypeSql = `resource_provider || '/' || resource_kind`;

/** The display name of a resource type, else the type itself, else `Other`: FOCUS wants a type wherever there is an id. */
export function resourceTypeNameSql(type: string): string {
  const names = Object.entries(azureResourceTypes).flatMap(([provider, kinds]) =>
    Object.entries(kinds).map(([kind, name]) => [`${provider}/${kind}`, name] as const),
  );
  return `COALESCE(${lookUpSql(type, Object.fromEntries(names))}, CASE WHEN resource_kind <> '' THEN ${type} END, 'Other')`;
}
