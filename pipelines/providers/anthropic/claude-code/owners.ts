import type { Organization } from '../connector/organization.ts';

/** Where the use of Claude Code is billed: it tells names of keys, and no workspace. */
export interface Owners {
  /** The workspace that Anthropic makes for people who sign in to Claude Code; null where there is none, or several. */
  readonly workspaceId: string | null;
  /** Null for a name that no key or several keys have. */
  apiKeyId(name: string): string | null;
}

export function ownersOf({ workspaces, apiKeys }: Organization): Owners {
  const named = (items: Organization['workspaces'] | Organization['apiKeys'], name: string) => {
    const ids = [...items].filter(([, item]) => item.name === name).map(([id]) => id);
    return ids.length === 1 ? ids[0]! : null;
  };
  return { workspaceId: named(workspaces, 'Claude Code'), apiKeyId: (name) => named(apiKeys, name) };
}
