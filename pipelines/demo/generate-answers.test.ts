import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DemoBillOptions } from './generate.ts';
import { demoMonths } from './generate.ts';
import { type DemoAnswers, generateDemoAnswers } from './generate-answers.ts';
import { openAiIdentifiers } from './openai/identifiers.ts';

const last = { endMonth: '2026-11', today: '2026-11-23' };
let root: string;
let openAi: DemoAnswers;
let anthropic: DemoAnswers;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'demo-answers-'));
  [openAi, anthropic] = (await generateDemoAnswers({ ...last, directory: join(root, 'whole') })) as [
    DemoAnswers,
    DemoAnswers,
  ];
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** SHA-256 of every file, by its name. */
async function hashes(options: Omit<DemoBillOptions, 'directory'>): Promise<Record<string, string>> {
  const directory = await mkdtemp(join(root, 'run-'));
  const answers = await generateDemoAnswers({ ...options, directory });
  const files = await Promise.all(
    answers.map(async ({ folder }) => (await readdir(folder)).map((name) => ({ name, path: join(folder, name) }))),
  );
  const entries = files.flat().map(async ({ name, path }) => {
    return [
      name,
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    ] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

interface Completion {
  day: string;
  api_key_id: string;
  model: string;
  batch: boolean;
  input_tokens: number;
  input_cached_tokens: number;
  output_tokens: number;
}

async function completions(): Promise<Completion[]> {
  const files = openAi.months.flatMap((month) => month.files.filter((file) => file.includes('completions')));
  const pages = await Promise.all(files.map(async (file) => JSON.parse(await readFile(file, 'utf8'))));
  return pages.flatMap(({ data }: { data: { start_time: number; results: Completion[] }[] }) =>
    data.flatMap(({ start_time, results }) =>
      results.map((result) => ({ ...result, day: new Date(start_time * 1000).toISOString().slice(0, 10) })),
    ),
  );
}

const keyOf = (name: string) => openAiIdentifiers(1).key(name);
const story = demoMonths(last).context.story;
const dayOf = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

describe('generateDemoAnswers', () => {
  test('the same seed, month and day give the same bytes; another seed gives others', async () => {
    const short = { ...last, months: 2 };
    const first = await hashes({ ...short, seed: 7 });
    expect(await hashes({ ...short, seed: 7 })).toEqual(first);
    const other = await hashes({ ...short, seed: 8 });
    expect(Object.keys(other)).toEqual(Object.keys(first));
    for (const [file, hash] of Object.entries(other)) expect(hash, file).not.toBe(first[file]);
  });

  test('a shorter history is the tail of a longer one, and a day later only the month that runs has changed', async () => {
    const before = await hashes({ ...last, months: 2 });
    expect(await hashes({ ...last, months: 3 })).toMatchObject(before);
    const after = await hashes({ ...last, months: 2, today: '2026-11-24' });
    const changed = Object.keys(before).filter((file) => before[file] !== after[file]);
    expect(changed.length).toBe(7);
    expect(changed.every((file) => file.includes('2026-11'))).toBe(true);
  });

  test('thirteen months are twenty to forty thousand rows', () => {
    const months = [...openAi.months, ...anthropic.months];
    const rows = months.reduce((sum, month) => sum + month.rows, 0);
    expect(months.length).toBe(26);
    expect(rows).toBeGreaterThan(20_000);
    expect(rows).toBeLessThan(40_000);
  });

  test('a folder that cannot be is refused in words', async () => {
    await writeFile(join(root, 'file'), '');
    const run = generateDemoAnswers({ ...last, directory: join(root, 'file') });
    await expect(run).rejects.toMatchObject({ code: 'output_unwritable' });
  });
});

describe('what the demo company asks of OpenAI', () => {
  test('a key leaks: for three days it is used many times as much, then it is gone and another one is used', async () => {
    const all = await completions();
    const used = (key: string, day: number) =>
      all.filter((one) => one.api_key_id === keyOf(key) && one.day === dayOf(day)).map((one) => one.output_tokens);
    const usual = used('ci-evaluations', story.leak - 4)[0]!;
    for (const day of [0, 1, 2]) expect(used('ci-evaluations', story.leak + day)[0]).toBeGreaterThan(20 * usual);
    expect(
      all.filter(({ api_key_id, day }) => api_key_id === keyOf('ci-evaluations') && day >= dayOf(story.leak + 3)),
    ).toEqual([]);
    expect(all.some(({ api_key_id }) => api_key_id === keyOf('ci-evaluations-2'))).toBe(true);
  });

  test('a model is launched, an agent reads almost all from the cache, and some work is done in batches', async () => {
    const all = await completions();
    const launched = all.filter(({ model }) => model === 'gpt-5.6-sol').map(({ day }) => day);
    expect(launched.sort()[0]).toBe(dayOf(story.modelLaunch));
    const agent = all.filter(({ api_key_id }) => api_key_id === keyOf('fleet-planner-agent'));
    const sum = (of: (one: Completion) => number) => agent.reduce((total, one) => total + of(one), 0);
    expect(sum((one) => one.input_cached_tokens) / sum((one) => one.input_tokens)).toBeGreaterThan(0.9);
    expect(all.some(({ batch }) => batch)).toBe(true);
  });
});
