import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { run } from '../../cli/run.ts';
import type { ConvertReport } from '../../convert/index.ts';
import { validateFocusFile } from '../../focus/validate/index.ts';

const samples = resolve(import.meta.dirname, '../../../../shared/data/genai');
const missing = existsSync(samples) ? '' : ' (skipped: no sample data)';
let folder: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-23T12:00:00Z') });
  folder = await mkdtemp(join(tmpdir(), 'cloudact-documented-'));
});
afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

/** What the providers' documentation shows as answers: of each, the one page that is there. */
test.skipIf(missing !== '').each([
  ['openai', {}, '2024-11-01', '0.06'],
  ['anthropic', { dataset: 'analytics' }, '2026-09-01', '10.334412'],
  ['anthropic', { dataset: 'reports' }, '2026-09-01', '1.2878912'],
] as const)(`%s %j: the documented answers tie and conform${missing}`, async (connector, settings, month, total) => {
  const [file, output] = [join(folder, 'settings.json'), join(folder, 'focus.csv')];
  await writeFile(file, JSON.stringify(settings));
  const said: string[] = [];
  const code = await run(['run', connector, '--replay', samples, '--settings', file, '--out', output, '--json'], {
    terminal: { out: (text) => said.push(text), error: () => undefined, screen: undefined },
  });
  expect(code).toBe(0);
  const report = JSON.parse(said.join('')) as ConvertReport;
  expect(report.totals).toMatchObject([{ billingPeriod: month, source: total, focus: total, difference: '0' }]);
  const { rules } = await validateFocusFile(output);
  expect(rules.filter(({ keyword, status }) => keyword.startsWith('MUST') && status === 'failed')).toEqual([]);
});
