import { type ServiceSubcategory, serviceSubcategories } from '@cloudact/core/focus';
import { lookUpSql } from '../look-up.ts';
import type { ExportColumns } from './columns.ts';
import { preparedFields, preparedSql } from './fields.ts';
import { gcpServices } from './services.ts';

type SubcategoryBy = Record<string, ServiceSubcategory>;

/**
 * The subcategory of a service; null where it is not known. Its name decides before its id, which has one name at a
 * time: FOCUS allows a name one category.
 */
const subcategoryOf = (name: string, id: string) =>
  `COALESCE(${lookUpSql(`lower(${name})`, byName)}, ${lookUpSql(id, byId)})`;

const byName: SubcategoryBy = Object.fromEntries(
  gcpServices.flatMap(({ names, subcategory }) => names.map((name) => [name.toLowerCase(), subcategory] as const)),
);
const byId: SubcategoryBy = Object.fromEntries(
  gcpServices.flatMap(({ id, subcategory }) => (id ? [[id, subcategory] as const] : [])),
);
const categories = Object.fromEntries(serviceSubcategories.map(({ category, subcategory }) => [subcategory, category]));

export const knownSubcategorySql = subcategoryOf('service_name', 'service_id');
/** Over a column `service`, which holds the known subcategory. */
export const serviceCategorySql = `COALESCE(${lookUpSql('service', categories)}, 'Other')`;
export const serviceSubcategorySql = `COALESCE(service, 'Other (Other)')`;

/** Services that the lookup does not know, and their rows. */
export function unknownServicesSql(columns: ExportColumns, rawTable: string): string {
  const { text } = preparedFields(columns);
  return `SELECT COALESCE(name, id) AS service, sum(rows) AS rows
  FROM (SELECT ${text('service.description')} AS name, ${text('service.id')} AS id, count(*) AS rows
    FROM (${preparedSql(columns, rawTable)}) GROUP BY 1, 2)
  WHERE ${subcategoryOf('name', 'id')} IS NULL AND COALESCE(name, id) IS NOT NULL GROUP BY 1`;
}
