import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudActError } from '@cloudact/core/errors';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readOverrides, readOverridesFile } from './overrides.ts';

const price = {
  provider: 'openai',
  model: 'gpt-5.4',
  meter: 'input_tokens',
  price: '2.10',
  currency: 'USD',
  source: 'Order form 17',
};
const percent = { provider: 'openai', model: '*', meter: '*', percent_off: '12.5', source: 'Order form 17' };
const deployment = { provider: 'azure', deployment: 'chat-prod', model: 'gpt-4o' };

function faults(value: unknown): Record<string, string> {
  try {
    readOverrides(value, 'prices.json');
    return {};
  } catch (error) {
    if (!(error instanceof CloudActError)) throw error;
    expect(error.code).toBe('settings_invalid');
    return Object.fromEntries(error.faults.map(({ column = '', reason }) => [column, reason]));
  }
}

const withPrice = (given: object) => faults({ prices: [given], deployments: [] });

describe('a document of prices', () => {
  it('is returned as it is', () => {
    const document = { prices: [price, percent], deployments: [deployment] };
    expect(readOverrides(document)).toBe(document);
  });

  it.each([
    [{ price: 2.1 }, '/prices/0/price', 'string'],
    [{ price: '-1' }, '/prices/0/price', 'not negative'],
    [{ price: '1e3' }, '/prices/0/price', 'a price as text'],
    [{ percent_off: '10' }, '/prices/0/price', 'not both'],
    [{ currency: 'usd' }, '/prices/0/currency', 'three capital letters'],
    [{ meter: '*' }, '/prices/0/meter', 'must be one meter'],
    [{ meter: 'tokens' }, '/prices/0/meter', 'must be one of *, input_tokens'],
    [{ valid_from: '2026-02-30' }, '/prices/0/valid_from', 'no day of the calendar'],
    [{ valid_from: '2026-2-3' }, '/prices/0/valid_from', 'must be a date'],
    [{ valid_from: '2026-02-03', valid_to: '2026-02-03' }, '/prices/0/valid_to', 'must be after valid_from'],
    [{ prize: '1' }, '/prices/0/prize', 'is no key of a price document'],
  ])('refuses %j at its path', (given, path, reason) => {
    expect(withPrice({ ...price, ...given })[path]).toContain(reason);
  });

  it.each(['provider', 'model', 'meter', 'source', 'currency'] as const)('refuses a price without %s', (key) => {
    const { [key]: _, ...rest } = price;
    expect(withPrice(rest)).toEqual({ [`/prices/0/${key}`]: 'is missing' });
  });

  it('refuses an entry that gives neither a price nor a percentage', () => {
    const { price: _, currency: __, ...rest } = price;
    expect(withPrice(rest)['/prices/0/price']).toContain('or percent_off must be there');
  });

  it('refuses percentages above 100 and a currency beside them', () => {
    expect(faults({ prices: [{ ...percent, percent_off: '100.1' }], deployments: [] })).toHaveProperty([
      '/prices/0/percent_off',
    ]);
    expect(faults({ prices: [{ ...percent, currency: 'USD' }], deployments: [] })).toHaveProperty([
      '/prices/0/currency',
    ]);
  });

  it('refuses two prices for the same on the same day, unless one is the later record', () => {
    const later = { ...price, price: '2.00', valid_from: '2026-07-01' };
    expect(faults({ prices: [price, later], deployments: [] })).toEqual({
      '/prices/1': 'is for the same on the same days as /prices/0',
    });
    expect(faults({ prices: [price, { ...later, recorded_on: '2026-06-20' }], deployments: [] })).toEqual({});
    expect(faults({ prices: [{ ...price, valid_to: '2026-07-01' }, later], deployments: [] })).toEqual({});
  });

  it('refuses a deployment that is there twice, in whatever case', () => {
    expect(faults({ prices: [], deployments: [deployment, { ...deployment, deployment: 'Chat-Prod' }] })).toEqual({
      '/deployments/1/deployment': 'is there twice, first at /deployments/0',
    });
  });

  it('refuses all else with its own error, whatever it is', () => {
    const part = fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.constant('*'));
    const ownPrice = fc.dictionary(
      fc.constantFrom(...Object.keys({ ...price, ...percent, tier: '', valid_from: '' })),
      part,
    );
    const document = fc.record({ prices: fc.array(ownPrice), deployments: fc.array(fc.anything()) });
    fc.assert(
      fc.property(fc.oneof(document, fc.anything()), (value) => {
        try {
          readOverrides(value);
        } catch (error) {
          expect(error).toBeInstanceOf(CloudActError);
          expect((error as CloudActError).faults.length).toBeGreaterThan(0);
        }
      }),
    );
  });
});

describe('a file of prices', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'prices-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is read', async () => {
    const path = join(folder, 'prices.json');
    await writeFile(path, `\uFEFF${JSON.stringify({ prices: [price], deployments: [] })}`);
    expect(await readOverridesFile(path)).toEqual({ prices: [price], deployments: [] });
  });

  it('names itself where it cannot be', async () => {
    const path = join(folder, 'broken.json');
    await writeFile(path, '{"prices": [');
    await expect(readOverridesFile(path)).rejects.toMatchObject({
      code: 'file_unreadable',
      detail: expect.stringContaining(path),
    });
    await expect(readOverridesFile(join(folder, 'none.json'))).rejects.toMatchObject({ code: 'file_not_found' });
    await expect(readOverridesFile(folder)).rejects.toMatchObject({ code: 'file_unreadable' });
  });
});
