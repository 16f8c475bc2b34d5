import { expect, test } from 'vitest';
import { landingBench } from './testing.ts';

const { file, refusal } = landingBench();

test.each(['1,23', '-1.234,56', '1 234,5', '2,15999999999999E-07'])('%j is named as a decimal comma', async (cost) => {
  const error = await refusal([await file('bill', `id;cost\n1;${cost}\n`)]);
  expect(error.faults).toMatchObject([{ value: cost, reason: expect.stringContaining('decimal comma') }]);
  expect(error.detail).toContain('export with a decimal point');
});

test.each(['1,234,567', 'five,5', ',5,'])('%j is no decimal number, and no decimal comma', async (cost) => {
  const error = await refusal([await file('bill', `id;cost\n1;"${cost}"\n`)]);
  expect(error.faults[0]!.reason).toContain('is not a decimal number');
});

test('a comma where a time should be is no decimal comma', async () => {
  const error = await refusal([await file('bill', 'id;day\n1;2025,5\n')]);
  expect(error.faults[0]!.reason).toContain('is not a time');
});

test('the header is suspected where every row has another number of fields, and only there', async () => {
  const fields = await refusal([await file('fields', 'id,cost\n1,2,3\n3,4,5\n')]);
  expect(fields.detail).toContain('Every row is affected, so look at the header line first.');
  const values = await refusal([await file('values', 'id,cost\n1,free\n2,free\n')]);
  expect(values.detail).not.toContain('header line');
});
