import { define } from '../../internal/define.js';
import { CloudActProvider } from './provider.element.js';

export * from './provider.element.js';

define('cloudact-provider', CloudActProvider);

declare global {
  interface HTMLElementTagNameMap {
    'cloudact-provider': CloudActProvider;
  }
}
