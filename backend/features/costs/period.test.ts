import { expect, it } from 'vitest';
import { periodBounds } from './period.ts';

const range = { from: '2024-01-15', to: '2025-03-10' };

it.each([
  ['day', '2024-02-28', '2024-02-28', '2024-02-29'],
  ['day', '2024-12-31', '2024-12-31', '2025-01-01'],
  ['week', '2024-02-26', '2024-02-26', '2024-03-04'],
  ['month', '2024-02-01', '2024-02-01', '2024-03-01'],
  ['month', '2024-12-01', '2024-12-01', '2025-01-01'],
  ['quarter', '2024-10-01', '2024-10-01', '2025-01-01'],
  ['month', '2024-01-01', '2024-01-15', '2024-02-01'],
  ['year', '2025-01-01', '2025-01-01', '2025-03-10'],
  ['total', '2024-01-15', '2024-01-15', '2025-03-10'],
] as const)('the %s of %s goes from %s to %s', (granularity, start, periodStart, periodEnd) => {
  expect(periodBounds(start, { granularity, ...range })).toEqual({ period_start: periodStart, period_end: periodEnd });
});
