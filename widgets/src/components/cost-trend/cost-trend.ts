// The provider first: it has to be there when the widgets inside it ask for their session.
import '../provider/provider.js';
import { define } from '../../internal/define.js';
import { CloudActCostTrend } from './cost-trend.element.js';

export * from './cost-trend.element.js';

define('cloudact-cost-trend', CloudActCostTrend);

declare global {
  interface HTMLElementTagNameMap {
    'cloudact-cost-trend': CloudActCostTrend;
  }
}
