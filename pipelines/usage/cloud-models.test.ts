import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openWorkbench } from '@cloudact/core/warehouse/duckdb';
import { describe, expect, test } from 'vitest';
import { quoteText } from '../landing/session.ts';
import {
  azureText,
  bedrockText,
  cloudModelColumns,
  cloudModelHelpers,
  cloudModelSql,
  vertexText,
} from './cloud-models.ts';

type Told = (string | null)[];

/** What is told of each row: developer, model, tier, cache action, direction. */
async function told({ text, isAi }: { text: string; isAi: string }, rows: readonly Record<string, string | null>[]) {
  const names = Object.keys(rows[0]!);
  const values = rows.map((row, index) => {
    const texts = names.map((name) => (row[name] == null ? 'CAST(NULL AS VARCHAR)' : quoteText(row[name])));
    return `(${[index, ...texts].join(', ')})`;
  });
  const workbench = await openWorkbench({ inputs: [], outputs: [] });
  try {
    const selected = cloudModelColumns.map((name) => `${cloudModelSql[name]} AS "${name}"`);
    const found = await workbench.rows<Record<string, string | null>>(`SELECT ${selected.join(', ')} FROM (
      SELECT *, ${cloudModelHelpers(text, isAi).join(', ')} FROM (VALUES ${values.join(', ')}) AS r (row, ${names.join(', ')})) ORDER BY row`);
    return found.map((row): Told => cloudModelColumns.map((name) => row[name]!));
  } finally {
    await workbench.close();
  }
}
async function tells(
  cloud: { text: string; isAi: string },
  cases: readonly (readonly [Record<string, string | null>, ...Told])[],
) {
  const found = await told(
    cloud,
    cases.map(([row]) => row),
  );
  expect(cases.map(([row], index) => [...Object.values(row), ...found[index]!])).toEqual(
    cases.map(([row, ...expected]) => [...Object.values(row), ...expected]),
  );
}

const bedrock = (usage_type: string, product_name = 'Amazon Bedrock', product_code = 'AmazonBedrock') => ({
  usage_type,
  product_name,
  product_code,
});
const edition = (usage_type: string, name: string) =>
  bedrock(usage_type, `${name} (Amazon Bedrock Edition)`, '2c6sgfkoq0w1u');

test('usage types of Bedrock, and those of the Marketplace, whose product names the model', () =>
  tells(bedrockText, [
    [bedrock('USE1-Claude3Sonnet-input-tokens'), 'Anthropic', 'claude-3-sonnet', null, 'Uncached', 'Input'],
    [bedrock('EUC1-Claude3.5Haiku-output-tokens'), 'Anthropic', 'claude-3-5-haiku', null, null, 'Output'],
    [
      bedrock('USE1-Claude4Sonnet-input-tokens-cross-region-global'),
      'Anthropic',
      'claude-sonnet-4',
      null,
      'Uncached',
      'Input',
    ],
    [
      bedrock('USE1-Claude4Sonnet-output-tokens-long-context-cross-region-global'),
      'Anthropic',
      'claude-sonnet-4',
      null,
      null,
      'Output',
    ],
    [
      bedrock('USE1-Claude4.5Opus-input-tokens-cross-region-global-batch'),
      'Anthropic',
      'claude-opus-4-5',
      'batch',
      'Uncached',
      'Input',
    ],
    [bedrock('USW2-NovaPro-cache-read-input-token-count'), 'Amazon', 'nova-pro', null, 'Read', 'Input'],
    [bedrock('USW2-NovaLite-cacheread-tokens'), 'Amazon', 'nova-lite', null, 'Read', 'Input'],
    [
      bedrock('USE1-TitanEmbeddingsG1-Text-input-tokens'),
      'Amazon',
      'titan-embeddings-g1-text',
      null,
      'Uncached',
      'Input',
    ],
    [bedrock('USE1-Llama3-3-70B-output-tokens-flex'), 'Meta', 'llama-3-3-70b', 'flex', null, 'Output'],
    [bedrock('USE1-DeepSeek-R1-input-tokens'), 'DeepSeek', 'deepseek-r1', null, 'Uncached', 'Input'],
    [bedrock('USE1-gpt-oss-120b-input-tokens-priority'), 'OpenAI', 'gpt-oss-120b', 'priority', 'Uncached', 'Input'],
    [bedrock('USE1-Claude3Sonnet-ModelUnits-NoCommit'), 'Anthropic', 'claude-3-sonnet', 'provisioned', null, null],
    [bedrock('USE1-NovaPro-Customization-Training-tokens'), 'Amazon', 'nova-pro', null, null, null],
    [bedrock('USE1-Guardrail-ContentPolicyUnitsConsumed'), null, null, null, null, null],
    [bedrock('USE1-AgentCore-Runtime-vCPU'), null, null, null, null, null],
    [bedrock('USE1-BoxUsage:m5.large', 'Claude Sonnet 4.5', 'AmazonEC2'), null, null, null, null, null],
    [
      edition('USE1-MP:USE1_input_tokens_global_standard-Units', 'Claude Sonnet 4.5'),
      'Anthropic',
      'claude-sonnet-4-5',
      null,
      'Uncached',
      'Input',
    ],
    [
      edition('USE1-MP:USE1_CacheWrite1hInputTokenCount_Global-Units', 'Claude Opus 4.1'),
      'Anthropic',
      'claude-opus-4-1',
      null,
      'Write',
      'Input',
    ],
    [
      edition('USE1-MP:USE1_CacheReadInputTokenCount-Units', 'Claude 3.5 Sonnet v2'),
      'Anthropic',
      'claude-3-5-sonnet-v2',
      null,
      'Read',
      'Input',
    ],
    [
      edition('USE1-MP:USE1_MillionBatchInputTokens-Units', 'A Model of Next Year'),
      null,
      null,
      'batch',
      'Uncached',
      'Input',
    ],
  ]));

const vertex = (sku_name: string, service_name: string | null = 'Vertex AI') => ({ sku_name, service_name });

test('SKUs of Google: Lite is not Flash, thinking is output, a cache is read, written, or kept', () =>
  tells(vertexText, [
    [vertex('Gemini 2.5 Flash GA Text Input - Predictions'), 'Google', 'gemini-2.5-flash', null, 'Uncached', 'Input'],
    [
      vertex('Gemini 2.5 Flash GA Thinking Text Output - Predictions'),
      'Google',
      'gemini-2.5-flash',
      null,
      null,
      'Output',
    ],
    [
      vertex('Gemini 2.5 Flash GA Text Output (Thinking On) - Predictions'),
      'Google',
      'gemini-2.5-flash',
      null,
      null,
      'Output',
    ],
    [
      vertex('Gemini 2.5 Flash Lite Text Input - Predictions'),
      'Google',
      'gemini-2.5-flash-lite',
      null,
      'Uncached',
      'Input',
    ],
    [
      vertex('Gemini 2.5 Flash Live Audio (AV2A) Output - Predictions'),
      'Google',
      'gemini-2.5-flash-live',
      null,
      null,
      'Output',
    ],
    [
      vertex('Gemini 3.8 Flash Global Text Input Priority - Predictions'),
      'Google',
      'gemini-3.8-flash',
      'priority',
      'Uncached',
      'Input',
    ],
    [
      vertex('Gemini 2.5 Pro Text Input Batch (long context) - Predictions'),
      'Google',
      'gemini-2.5-pro',
      'batch',
      'Uncached',
      'Input',
    ],
    [vertex('Gemini 2.5 Pro Cached Text Input - Predictions'), 'Google', 'gemini-2.5-pro', null, 'Read', 'Input'],
    [vertex('Gemini 2.5 Pro Text Input Caching Storage'), 'Google', 'gemini-2.5-pro', null, null, null],
    [
      vertex('Generate content output token count gemini-2.5-pro', 'Gemini API'),
      'Google',
      'gemini-2.5-pro',
      null,
      null,
      'Output',
    ],
    [vertex('Claude Sonnet 4.5 - Cache Write Input Tokens'), 'Anthropic', 'claude-sonnet-4-5', null, 'Write', 'Input'],
    [vertex('Custom Training N1 Core'), null, null, null, null, null],
    [vertex('N2 Instance Core running in Americas', 'Compute Engine'), null, null, null, null, null],
    [vertex('Network Internet Data Input', null), null, null, null, null, null],
  ]));

const azure = (meter_name: string | null, product_name: string | null = null, meter_category = 'Azure OpenAI') => ({
  meter_name,
  product_name,
  meter_category,
  meter_sub_category: null,
});

test('meters of Azure, in their abbreviations', () =>
  tells(azureText, [
    [azure('gpt 4o 0513 Input global Tokens'), 'OpenAI', 'gpt-4o', null, 'Uncached', 'Input'],
    [azure('gpt-4o-mini-0718-Outp-glbl Tokens'), 'OpenAI', 'gpt-4o-mini', null, null, 'Output'],
    [azure('gpt 4.1 mini cached Inp glbl Tokens'), 'OpenAI', 'gpt-4.1-mini', null, 'Read', 'Input'],
    [azure('o3 mini 0131 cchd Inp DZone Tokens'), 'OpenAI', 'o3-mini', null, 'Read', 'Input'],
    [azure('GPT 5 Batch Outp glbl 1M Tokens'), 'OpenAI', 'gpt-5', 'batch', null, 'Output'],
    [azure('gpt-35-turbo-0125 Input Tokens'), 'OpenAI', 'gpt-3.5-turbo', null, 'Uncached', 'Input'],
    [azure('gpt 4o rt txt 1217 Inp glbl Tokens'), 'OpenAI', 'gpt-4o-realtime', null, 'Uncached', 'Input'],
    [azure('Embedding-Ada Tokens'), 'OpenAI', 'text-embedding-ada-002', null, null, null],
    [azure('text embedding 3 small glbl Tokens'), 'OpenAI', 'text-embedding-3-small', null, null, null],
    [azure('gpt 4o FT Training 1K Tokens'), 'OpenAI', 'gpt-4o', null, null, null],
    [azure('Provisioned Managed Global Unit'), null, null, 'provisioned', null, null],
    [azure(null, 'Azure OpenAI - gpt 4o 0513 - Input global'), 'OpenAI', 'gpt-4o', null, 'Uncached', 'Input'],
    [
      azure('DeepSeek R1 Inp glbl Tokens', null, 'Foundry Models'),
      'DeepSeek',
      'deepseek-r1',
      null,
      'Uncached',
      'Input',
    ],
    [azure('D4s v5 Input', 'Virtual Machines', 'Virtual Machines'), null, null, null, null, null],
  ]));

describe('texts seen on bills', async () => {
  const folder = join(import.meta.dirname, '../../../shared/data/genai');
  const there = await access(folder).then(
    () => true,
    () => false,
  );
  test.skipIf(!there)(`every one has a direction${there ? '' : ' (skipped: no sample data)'}`, async () => {
    const read = async (name: string) => JSON.parse(await readFile(join(folder, name), 'utf8'));
    const { usage_types } = await read('aws.bedrock.cur.usage_types.json');
    const { skus_observed } = await read('gcp.vertex.billing.skus.json');
    const bedrockTold = await told(
      bedrockText,
      usage_types.map(({ usage_type }: { usage_type: string }) => bedrock(usage_type)),
    );
    const vertexTold = await told(
      vertexText,
      skus_observed.map(({ description }: { description: string }) => vertex(description)),
    );
    expect([...bedrockTold, ...vertexTold].filter(([, , , , direction]) => direction === null)).toEqual([]);
    expect(vertexTold.filter(([developer]) => developer !== 'Google')).toEqual([]);
  });
});
