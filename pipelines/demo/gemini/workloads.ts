import type { Consumption, Owner } from '../company.ts';
import { place } from '../place.ts';

/** What the company's teams ask Gemini for; amounts are thousands of tokens on a working day. */
export function geminiConsumption(): Consumption[] {
  const owner = (team: Owner['team'], product: Owner['product']): Owner => ({ team, product, environment: 'prod' });
  const vision = place('machine-learning', 'us-west', owner('perception', 'vision'), 'customers', 0.05);
  const fleet = place('production', 'us-east', owner('fleet-control', 'fleet'), 'customers', 0.05);
  const portal = place('production-eu', 'eu-west', owner('customer-portal', 'portal'), 'customers', 0.04);
  const telemetry = place('data', 'us-east', owner('data-platform', 'telemetry'), 'batch', 0.04);
  const scout = place('machine-learning', 'us-west', owner('scout', 'scout'), 'customers', 0.1, 'launch');
  return [
    ...vision.use('incident-summaries', 'language-model', {
      'model-small-input': 88_000,
      'model-small-output': 13_000,
      'model-thinking-output': 6_000,
    }),
    // Reads the same manuals with every question: most of its input comes from the cache.
    ...vision.use('manual-answers', 'language-model', {
      'model-large-input': 21_000,
      'model-large-cached': 173_000,
      'model-large-output': 9_000,
    }),
    ...fleet.use('route-captions', 'language-model', { 'model-lite-input': 140_000, 'model-lite-output': 22_000 }),
    ...portal.use('portal-translations', 'language-model', { 'model-lite-input': 61_000, 'model-lite-output': 58_000 }),
    ...telemetry.use('log-digests', 'language-model', {
      'model-large-batch-input': 46_000,
      'model-large-batch-output': 5_200,
    }),
    ...scout.use('shelf-questions', 'language-model', {
      'model-small-input': 39_000,
      'model-small-output': 7_400,
      'model-thinking-output': 4_100,
    }),
  ];
}
