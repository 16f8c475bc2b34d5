import { serviceSubcategories } from '@cloudact/core/focus';
import { expect, test } from 'vitest';
import { type BilledService, billedServicesSql, doubleCounted } from './double-counting.ts';
import { subscription } from './fixtures.ts';
import { planTemplates } from './templates.ts';

const copilot: BilledService = {
  service_provider: 'GitHub',
  service: 'Copilot',
  sku: 'Copilot Business',
  month: '2026-03-01',
  quantity: '12.000000000000000000',
  unit: 'User-Months',
  integration: 'github-main',
};
const plan = subscription({ vendor: 'GitHub', product: 'GitHub Copilot Business' });

test('seats that a bill has already are named by plan and month', () => {
  const found = doubleCounted({ subscriptions: [plan] }, [copilot]);
  expect(found).toMatchObject([{ subscriptionId: 'orchard', month: '2026-03-01', sku: 'Copilot Business' }]);
  expect(found[0]!.message).toContain('has 12 User-Months of Copilot Business in 2026-03');
  const marketplace = {
    ...copilot,
    service_provider: 'Orchard',
    service: 'Orchard Desk via AWS Marketplace',
    sku: null,
  };
  expect(doubleCounted({ subscriptions: [subscription()] }, [marketplace])).toHaveLength(1);
});

test('other services, months without the plan and nothing billed are none', () => {
  const none = (changes: Partial<BilledService>) =>
    doubleCounted({ subscriptions: [plan] }, [{ ...copilot, ...changes }]);
  expect(none({ month: '2025-12-01' })).toEqual([]);
  expect(none({ quantity: '0' })).toEqual([]);
  expect(none({ service: 'Actions', sku: 'Actions Linux' })).toEqual([]);
});

test('the SELECT binds the organisation', () => {
  expect(billedServicesSql('costs', (name) => `$${name}`)).toContain('org_slug = $org_slug');
});

test('templates are of services that FOCUS knows, dated, with a source, and to be confirmed', () => {
  expect(planTemplates.length).toBeGreaterThanOrEqual(16);
  expect(new Set(planTemplates.map(({ id }) => id)).size).toBe(planTemplates.length);
  for (const { serviceCategory: category, serviceSubcategory: subcategory, asOf, source, confirm } of planTemplates) {
    expect(serviceSubcategories).toContainEqual({ category, subcategory });
    expect([/^\d{4}-\d{2}-\d{2}$/.test(asOf), source.startsWith('https://'), confirm]).toEqual([true, true, true]);
  }
});
