import { type CostAndUsageColumnId, costAndUsageColumns } from '@cloudact/core/focus';
import { describe, expect, test } from 'vitest';
import { detectFocusVersion } from './version.ts';

/** The columns that a version has, out of the 65 of FOCUS 1.3. */
function columnsUpTo(version: string): CostAndUsageColumnId[] {
  const order = ['0.5', '1.0-preview', '1.0', '1.1', '1.2', '1.3'];
  return costAndUsageColumns
    .filter(({ introduced }) => order.indexOf(introduced) <= order.indexOf(version))
    .map(({ id }) => id);
}

describe('FOCUS version of a file', () => {
  test.each(['1.0', '1.1', '1.2', '1.3'] as const)('the columns of %s are recognised as that version', (version) => {
    expect(detectFocusVersion(columnsUpTo(version))).toBe(version);
  });

  test('1.0-preview and 1.4 are known by the columns that only they have or lack', () => {
    expect(detectFocusVersion(['BilledCost', 'ChargePeriodStart', 'ChargeSubcategory', 'Region'])).toBe('1.0-preview');
    const successor = columnsUpTo('1.3').filter((id) => id !== 'ProviderName' && id !== 'PublisherName');
    expect(detectFocusVersion([...successor, 'InvoiceDetailId'])).toBe('1.4');
  });

  test('columns of our own do not change the answer, and a file that is not FOCUS has no version', () => {
    expect(detectFocusVersion([...columnsUpTo('1.2'), 'x_Discounts'])).toBe('1.2');
    expect(detectFocusVersion(['lineItem/UsageAmount', 'identity/LineItemId'])).toBeUndefined();
    expect(detectFocusVersion([])).toBeUndefined();
  });
});
