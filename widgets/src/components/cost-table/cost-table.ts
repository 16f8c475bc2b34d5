// The provider first: it has to be there when the widgets inside it ask for their session.
import '../provider/provider.js';
import { define } from '../../internal/define.js';
import { CloudActCostTable } from './cost-table.element.js';

export * from './cost-table.element.js';

define('cloudact-cost-table', CloudActCostTable);

declare global {
  interface HTMLElementTagNameMap {
    'cloudact-cost-table': CloudActCostTable;
  }
}
