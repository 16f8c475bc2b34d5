import { type Scope, scopes } from './scopes.ts';

/** What a person is in an organisation. */
export const roles = ['owner', 'admin', 'analyst', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** What each role may do. An owner may do everything; an admin everything but billing and the organisation itself. */
export const roleScopes: Readonly<Record<Role, readonly Scope[]>> = {
  owner: scopes,
  admin: scopes.filter((scope) => scope !== 'billing:write' && scope !== 'org:write'),
  analyst: [
    'costs:read',
    'costs:export',
    'budgets:write',
    'subscriptions:write',
    'hierarchy:read',
    'integrations:read',
    'runs:write',
    'widgets:mint',
    'org:read',
  ],
  viewer: ['costs:read', 'budgets:read', 'subscriptions:read', 'hierarchy:read', 'org:read', 'widgets:mint'],
};

export function isRole(text: unknown): text is Role {
  return (roles as readonly unknown[]).includes(text);
}

/** Only an owner makes owners. */
export function mayGive(own: Role, given: Role): boolean {
  return own === 'owner' || (own === 'admin' && given !== 'owner');
}
