/** What a credential may be used for. Whoever passes on scopes passes on only what it has. */
export const scopes = [
  'costs:read',
  'costs:export',
  'budgets:read',
  'budgets:write',
  'subscriptions:read',
  'subscriptions:write',
  'hierarchy:read',
  'hierarchy:write',
  'integrations:read',
  'integrations:write',
  'runs:read',
  'runs:write',
  'keys:read',
  'keys:write',
  'widgets:mint',
  'members:read',
  'members:write',
  'billing:read',
  'billing:write',
  'audit:read',
  'org:read',
  'org:write',
] as const;
export type Scope = (typeof scopes)[number];

/** What a widget token may carry: what an element in a page can need. */
export const widgetScopes = [
  'costs:read',
  'budgets:read',
  'integrations:read',
  'integrations:write',
  'runs:read',
  'runs:write',
] as const satisfies readonly Scope[];

/** What an API key may carry: everything that needs no person behind it. */
export const apiKeyScopes: readonly Scope[] = scopes.filter(
  (scope) => !['members:write', 'billing:write', 'org:write'].includes(scope),
);

export function isScope(text: unknown): text is Scope {
  return (scopes as readonly unknown[]).includes(text);
}

/** With what each scope comes: who may change a thing may see it. */
export function withIncluded(held: readonly Scope[]): readonly Scope[] {
  return held.flatMap((scope) => {
    const reading = scope.replace(/:write$/, ':read');
    return reading !== scope && isScope(reading) ? [scope, reading] : [scope];
  });
}
