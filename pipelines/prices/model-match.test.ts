import { describe, expect, it } from 'vitest';
import { modelIdentity } from './model-identity.ts';
import { matchModel } from './model-match.ts';

describe('a delivered name', () => {
  it.each([
    ['openai', 'gpt-4o-2024-08-06', 'gpt-4o'],
    ['openai', 'gpt-4o-2024-05-13', 'gpt-4o-2024-05-13'],
    ['openai', 'GPT-5.4-2026-03-05', 'gpt-5.4'],
    ['openai', 'gpt-5.4-20260305', 'gpt-5.4'],
    ['openai', 'gpt-5.6', 'gpt-5.6-sol'],
    ['openai', 'ft:gpt-4o-2024-08-06:acme::abc123', 'ft:gpt-4o'],
    ['anthropic', 'claude-opus-4-20250514', 'claude-opus-4-0'],
    ['anthropic', 'claude-haiku-4-5-20251001', 'claude-haiku-4-5'],
    ['google', 'gemini-1.5-pro-002', 'gemini-1.5-pro'],
    ['google', 'gemini-2.5-pro-preview-05-06', 'gemini-2.5-pro'],
    ['aws', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'regional.anthropic.claude-sonnet-4-5-20250929-v1:0'],
    ['aws', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0'],
    ['azure', 'gpt-4o-2024-08-06', 'gpt-4o'],
  ])('of %s: %s is %s', (provider, name, id) => expect(matchModel(provider, name)?.id).toBe(id));

  it('of a model that Azure sells for another is that of the first list that has it', () => {
    expect(matchModel('azure', 'gpt-5.5')).toEqual({ id: 'gpt-5.5', provider: 'openai' });
  });

  it.each([
    ['openai', 'gpt-5.9'],
    ['openai', 'my-deployment'],
    ['openai', ''],
    ['anthropic', 'claude-sonnet-5-5'],
    ['anthropic', 'claude-sonnet-5.5'],
    ['anthropic', 'claude-sonnet-5-5-20261001'],
    ['anthropic', 'claude-opus-4-8-fast'],
    ['google', 'gemini-2.0-flash-exp-image-generation'],
    ['anthropic', 'gpt-4o'],
    ['nobody', 'gpt-4o'],
    ['openai-compatible', 'gpt-4o'],
    ['litellm', 'openai/gpt-4o'],
    ['', 'gpt-4o'],
  ])('of %s: %s is unknown, and no price is guessed', (provider, name) => {
    expect(matchModel(provider, name)).toBeUndefined();
  });
});

describe('the identity of a model', () => {
  it.each([
    ['gpt-5.4', 'gpt-5.4-2026-03-05', 'OpenAI', 'GPT', '2026-03-05'],
    ['o3', 'o3', 'OpenAI', 'o-series', null],
    ['regional.anthropic.claude-opus-5', 'us.anthropic.claude-opus-5', 'Anthropic', 'Claude', null],
    ['claude-haiku-4-5', 'claude-haiku-4-5-20251001', 'Anthropic', 'Claude', '2025-10-01'],
    ['deepseek-r1-distill-llama-70b', 'x', 'DeepSeek', 'DeepSeek', null],
    ['acme-one', 'acme-one', null, null, null],
  ])('%s delivered as %s', (id, delivered, developer, family, version) => {
    expect(modelIdentity(id, delivered)).toEqual({ developer, family, id, version });
  });
});
