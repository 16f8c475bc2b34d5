import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { html } from 'lit';
import { answers, fails, forbids, never } from '../../mocks/api.js';
import { scenarios } from '../../mocks/scenarios.js';
import { loadsThenRefreshes, opensUnpriced } from '../../mocks/story.js';
import './cost-table.js';

const meta: Meta = {
  title: 'Costs/Cost table',
  component: 'cloudact-cost-table',
  args: { from: '2026-10-24', to: '2026-11-23', metric: 'EffectiveCost', 'group-by': 'ServiceName', top: 25 },
  argTypes: { metric: { control: 'select', options: ['EffectiveCost', 'BilledCost', 'ListCost', 'ContractedCost'] } },
  render: (args) => html`
    <cloudact-cost-table
      from=${args.from}
      to=${args.to}
      metric=${args.metric}
      group-by=${args['group-by']}
      top=${args.top}
      heading=${args.heading ?? ''}
    ></cloudact-cost-table>
  `,
};
export default meta;
type Story = StoryObj;

export const Default: Story = {};
export const Loading: Story = { parameters: { api: never } };
export const Empty: Story = { parameters: { api: answers(scenarios.empty) } };
export const NothingLoaded: Story = { parameters: { api: answers(scenarios.nothingLoaded) } };
export const Failed: Story = { parameters: { api: fails } };
export const Forbidden: Story = { parameters: { api: forbids } };
export const StaleRefreshing: Story = loadsThenRefreshes('cloudact-cost-table');
export const OneRow: Story = { parameters: { api: answers(scenarios.oneRow) } };
export const ManyRows: Story = { parameters: { api: answers(scenarios.manySeries) } };
export const HugeNumbers: Story = { parameters: { api: answers(scenarios.hugeNumbers) } };
export const TinyNumbers: Story = { parameters: { api: answers(scenarios.tinyNumbers) } };
export const NegativeCredit: Story = { parameters: { api: answers(scenarios.negativeCredit) } };
export const SeveralCurrencies: Story = { parameters: { api: answers(scenarios.severalCurrencies) } };
export const TwoDimensions: Story = { args: { 'group-by': 'ServiceName, RegionName' } };
export const NoValues: Story = { args: { 'group-by': 'tag:team' }, parameters: { api: answers(scenarios.noValues) } };
export const RTL: Story = { parameters: { direction: 'rtl' } };
export const Dark: Story = { parameters: { scheme: 'dark' } };
export const German: Story = { globals: { locale: 'de' } };
export const Narrow: Story = { name: 'Narrow 320', parameters: { inlineSize: '320px' } };
export const Unpriced: Story = { parameters: { api: answers(scenarios.unpriced) } };
export const UnpricedListed: Story = {
  parameters: { api: answers(scenarios.unpriced) },
  play: opensUnpriced('cloudact-cost-table'),
};
export const UnpricedListedDark: Story = {
  parameters: { api: answers(scenarios.unpriced), scheme: 'dark' },
  play: opensUnpriced('cloudact-cost-table'),
};
export const UnpricedListedNarrow: Story = {
  name: 'Unpriced listed, 320',
  parameters: { api: answers(scenarios.unpriced), inlineSize: '320px' },
  play: opensUnpriced('cloudact-cost-table'),
};
export const UnpricedInSeveralCurrencies: Story = {
  parameters: { api: answers({ ...scenarios.severalCurrencies, ...scenarios.unpriced }) },
};
export const NothingPriced: Story = { parameters: { api: answers(scenarios.nothingPriced) } };
