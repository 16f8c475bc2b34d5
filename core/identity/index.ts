/** Who is asking: people, API keys of organisations, the root key of the operator, widget tokens of browsers, our own services. */
export { createApiKey, parseApiKey } from './api-key.ts';

export type { ApiKeyRecord } from './api-key-record.ts';
export { type ApiKeys, openApiKeys } from './api-keys.ts';
export { bearerToken } from './bearer.ts';
export { credentialKind } from './credential-kind.ts';
export type { PepperRing } from './pepper-ring.ts';
export type {
  ApiKeyPrincipal,
  DisplayCurrency,
  MemberPrincipal,
  Minter,
  OrgPrincipal,
  Principal,
  RootPrincipal,
  ServicePrincipal,
  UserPrincipal,
  WidgetPrincipal,
} from './principal.ts';
export { isRole, mayGive, type Role, roleScopes, roles } from './roles.ts';
export { openRootKey, type RootKey } from './root-key.ts';
export {
  authorise,
  type GuardedRouteAuth,
  isGuarded,
  type RegisteredRoute,
  type RouteAuth,
  registeredRoutes,
} from './route-access.ts';
export { apiKeyScopes, isScope, type Scope, scopes, widgetScopes, withIncluded } from './scopes.ts';
export { openServiceTokens, type ServiceTokens } from './service-token.ts';
export { generateSigningKey, type SigningKey } from './signing-keys.ts';
export { openTokenRevocations, type TokenRevocations } from './token-revocations.ts';
export { openUserTokens, type UserTokens } from './user-token.ts';
export {
  defaultWidgetSubject,
  openWidgetTokens,
  type WidgetGrant,
  type WidgetTokens,
  widgetAudience,
  widgetTokenLifetimeSeconds,
} from './widget-token.ts';
