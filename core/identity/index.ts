/** Who is asking: API keys of organisations, the root key of the operator, widget tokens of browsers. */
export { createApiKey, parseApiKey } from './api-key.ts';

export { type ApiKeyRecord, type ApiKeys, openApiKeys, type PepperRing } from './api-keys.ts';
export { bearerToken } from './bearer.ts';
export {
  type ApiKeyPrincipal,
  isScope,
  type OrgPrincipal,
  type Principal,
  type RootPrincipal,
  type Scope,
  scopes,
  type WidgetPrincipal,
} from './principal.ts';
export { openRootKey, type RootKey } from './root-key.ts';
export {
  authorise,
  type GuardedRouteAuth,
  type RegisteredRoute,
  type RouteAuth,
  registeredRoutes,
} from './route-access.ts';
export {
  generateSigningKey,
  openWidgetTokens,
  type SigningKey,
  type WidgetTokens,
  widgetAudience,
  widgetTokenLifetimeSeconds,
} from './widget-token.ts';
