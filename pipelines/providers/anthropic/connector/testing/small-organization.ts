import type { ServedCost, ServedUsage } from './answers.ts';
import type { AnthropicAnswers } from './anthropic-server.ts';

const sonnet = {
  workspace_id: 'wrkspc_01Shop',
  model: 'claude-sonnet-4-5',
  service_tier: 'standard',
  context_window: '0-200k',
  inference_geo: 'global',
  speed: 'standard',
};
const keys = ['apikey_01Web', 'apikey_01Batch'];
const usage: readonly ServedUsage[] = [
  {
    ...sonnet,
    day: '2026-09-01',
    api_key_id: keys[0]!,
    uncached_input_tokens: 120_000,
    ephemeral_5m_input_tokens: 800,
    ephemeral_1h_input_tokens: 300,
    cache_read_input_tokens: 41_000,
    output_tokens: 9_021,
    web_search_requests: 3,
    requests: 12,
  },
  { ...sonnet, day: '2026-09-01', api_key_id: keys[1]!, service_tier: 'batch', output_tokens: 1000, requests: 1 },
  { ...sonnet, day: '2026-09-30', api_key_id: null, workspace_id: 'wrkspc_01Default', output_tokens: 50, requests: 1 },
];
const cost = { ...sonnet, day: '2026-09-01', api_key_id: keys[0]!, cost_type: 'tokens' };
const costs: readonly ServedCost[] = [
  { ...cost, token_type: 'uncached_input_tokens', amount: '32.4', list_amount: '36' },
  { ...cost, token_type: 'cache_creation.ephemeral_5m_input_tokens', amount: '0.27', list_amount: '0.3' },
  { ...cost, token_type: 'cache_creation.ephemeral_1h_input_tokens', amount: '0.162', list_amount: '0.18' },
  { ...cost, token_type: 'cache_read_input_tokens', amount: '1.107', list_amount: '1.23' },
  { ...cost, token_type: 'output_tokens', amount: '12.17835', list_amount: '13.5315' },
  {
    ...cost,
    api_key_id: keys[1]!,
    service_tier: 'batch',
    token_type: 'output_tokens',
    amount: '0.675',
    list_amount: '0.75',
  },
  { day: '2026-09-01', workspace_id: 'wrkspc_01Shop', cost_type: 'web_search', amount: '3' },
  { day: '2026-09-30', workspace_id: 'wrkspc_01Default', cost_type: 'code_execution', amount: '1.0000001' },
  {
    ...sonnet,
    day: '2026-09-30',
    api_key_id: null,
    workspace_id: 'wrkspc_01Default',
    cost_type: 'tokens',
    token_type: 'output_tokens',
    amount: '0.0675',
    list_amount: '0.075',
  },
];

/** In dollars: what all of September adds up to. */
export const TOTAL = '0.508598501';

/** An organisation of two workspaces and two keys that used a little in September 2026. */
export const answers: AnthropicAnswers = {
  organization: { id: '5f0c6e7a-0000-4000-8000-000000000001', name: 'Larkmoor' },
  workspaces: [
    { id: 'wrkspc_01Default', name: 'Default' },
    { id: 'wrkspc_01Shop', name: 'Shop', tags: { team: 'checkout' } },
  ],
  defaultWorkspace: 'wrkspc_01Default',
  apiKeys: [
    { id: keys[0]!, name: 'shop web' },
    { id: keys[1]!, name: 'nightly', principal: { type: 'service_account_actor', service_account_id: 'svac_01Night' } },
  ],
  usage,
  costs,
  refreshedAt: '2026-11-23T11:00:00Z',
};
