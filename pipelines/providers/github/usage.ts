import { exactProductSql } from '@cloudact/core/focus';
import { costColumns, selectList, type UsageSource, usageColumns } from '../../usage/usage-source.ts';
import type { RawColumn } from '../bill-format.ts';
import { lookUpSql } from '../look-up.ts';
import { billedLinesSql } from './billed-lines.ts';
import { githubServices, githubUnits } from './services.ts';

const MARK = 'github_answer';

const decimals = {
  quantity: 'quantity',
  pricePerUnit: 'price_per_unit',
  grossAmount: 'gross_amount',
  discountAmount: 'discount_amount',
  netAmount: 'net_amount',
  grossQuantity: 'gross_quantity',
  discountQuantity: 'discount_quantity',
  netQuantity: 'net_quantity',
};
const texts = {
  product: 'product',
  sku: 'sku',
  unitType: 'unit_type',
  model: 'model',
  organizationName: 'organization_name',
  repositoryName: 'repository_name',
};

/** What GitHub bills an organisation: one line per UTC day, SKU and repository; Copilot's requests and credits by model. */
export const githubSource: UsageSource = {
  id: 'github-usage',
  title: 'GitHub billing (Copilot, Actions and more)',
  mark: MARK,
  columns: [
    ...Object.entries(decimals).map(([source, raw]): RawColumn => ({ source, raw, type: 'decimal' })),
    ...Object.entries(texts).map(([source, raw]): RawColumn => ({ source, raw, type: 'text' })),
  ],
  rowRules: ['product', 'sku', 'quantity', 'grossAmount', 'netAmount'].map((column) => ({
    column,
    brokenWhen: `${MARK} = 'usage' AND ${{ ...decimals, ...texts }[column as 'sku']} IS NULL`,
    reason: 'is missing: without it the item cannot be billed',
  })),
  needed: [MARK, 'account'],
  priceList: 'github',
  service: {
    name: 'GitHub',
    provider: 'GitHub',
    subcategory: 'Other (Developer Tools)',
    accountType: 'Organization',
    subAccountType: 'Organization',
  },
  // GitHub tells money at the grain of what it counts: there is nothing to lay it over.
  usage: (rawTable) => `SELECT ${selectList(usageColumns, {})} FROM ${rawTable} WHERE false`,
  costs: (rawTable) => `WITH ${billedLinesSql(rawTable)}
SELECT ${selectList(costColumns, {
    charge_start: 'charge_start',
    charge_end: 'charge_end',
    account_id: 'account',
    account_name: 'account',
    sub_account_id: 'organization_name',
    sub_account_name: 'organization_name',
    model: 'model',
    line_item: 'sku',
    amount: 'net_amount',
    list_amount: 'gross_amount',
    currency: `'USD'`,
    quantity: 'quantity',
    unit: UNIT,
    list_unit_price: `CASE WHEN ${exactProductSql('quantity', 'price_per_unit')} = gross_amount THEN price_per_unit END`,
    service_name: `COALESCE(${lookUpSql('lower(product)', names('name'))}, concat('GitHub ', product))`,
    service_subcategory: lookUpSql('lower(product)', names('subcategory')),
    sku_id: 'sku',
    resource_id: 'repository_name',
    resource_name: 'repository_name',
    resource_type: `CASE WHEN repository_name IS NOT NULL THEN 'Repository' END`,
    source_file: '"x_SourceFile"',
    source_row: '"x_SourceRow"',
  })}
FROM billed_lines`,
};

function names(of: 'name' | 'subcategory'): Record<string, string> {
  return Object.fromEntries(Object.entries(githubServices).map(([product, service]) => [product, service[of]]));
}

/** A unit that is not known keeps its name, as FOCUS writes units: capitalised words with hyphens between them. */
const UNIT = `COALESCE(${lookUpSql(`rtrim(regexp_replace(lower(unit_type), '[ _-]', '', 'g'), 's')`, githubUnits)},
  array_to_string(list_transform(string_split_regex(unit_type, '[ _-]+'), lambda word: upper(word[1]) || word[2:]), '-'))`;
