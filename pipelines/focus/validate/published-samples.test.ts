import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { validateFocusFile } from './index.ts';

const sample = fileURLToPath(
  new URL('../../../../shared/data/focus/synthetic-1.2-1.3/aws_1_3_cost_and_usage_rows100_seed42.csv', import.meta.url),
);
const missing = !existsSync(sample);

test(`the published FOCUS 1.3 sample violates no MUST${missing ? ' (skipped: no sample data)' : ''}`, async ({
  skip,
}) => {
  skip(missing, 'skipped: no sample data');
  const report = await validateFocusFile(sample);
  expect(report.rules.filter(({ keyword, status }) => status === 'failed' && keyword.startsWith('MUST'))).toEqual([]);
  expect(report).toMatchObject({ rows: 100, conforms: true, detectedVersion: '1.3' });
});
