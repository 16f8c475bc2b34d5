import type { FocusColumn } from '@cloudact/core/focus';
import type { Requirement } from './requirements.ts';

/**
 * Rules of the FOCUS 1.3 attributes that hold for every column and that the data can tell, which the requirements
 * model leaves to the reader. The identifiers are the model's; a rule appears once for each column that it covers.
 */
export function attributeRules(columns: readonly FocusColumn[]): Requirement[] {
  return columns.flatMap(rulesOfColumn);
}

const rulesOfColumn = (column: FocusColumn): Requirement[] => [
  {
    id: 'NullHandling-A-002-M',
    column: column.id,
    keyword: 'MUST NOT',
    text: `${column.id} MUST NOT use an empty string or a placeholder such as "NULL", "N/A" or "Not Applicable" instead of null.`,
    check: ['NoPlaceholder', column.id],
  },
  ...(column.dataType === 'String' && !column.nullable
    ? [
        {
          id: 'StringHandling-A-007-O',
          column: column.id,
          keyword: 'SHOULD NOT',
          text: `${column.id} SHOULD NOT consist solely of spaces.`,
          check: ['NotBlank', column.id],
        } as const,
      ]
    : []),
];

export const customColumnPrefix: Requirement = {
  id: 'ColumnHandling-A-010-M',
  column: null,
  keyword: 'MUST',
  text: 'Custom columns MUST be prefixed with x_.',
};

export const customColumnsLast: Requirement = {
  id: 'ColumnHandling-A-012-O',
  column: null,
  keyword: 'SHOULD',
  text: 'All FOCUS columns SHOULD be first in the provided dataset.',
};
