import { type Principal, widgetScopes } from '@cloudact/core/identity';
import { rootKey, type TestBackend } from '../backend.ts';
import { forgedCredentials } from '../forged-credentials.ts';
import type { Tenant } from './tenant.ts';

/** Somebody who asks. */
export interface Caller {
  readonly name: string;
  /** `operator` for the root key, which is of no tenant and may change both. */
  readonly side: 'a' | 'b' | 'nobody' | 'operator';
  /** What the credential may make of the caller. */
  readonly kinds: readonly Principal['kind'][];
  readonly authorization: string | undefined;
  /** What the header `CloudAct-Org` names when it names the caller's own organisation. */
  readonly org: string | undefined;
  /** Texts that no answer to this caller may show. */
  readonly mayNotSee: readonly string[];
}

export interface Callers {
  /** Everybody of the side, with widget tokens that are good from now on for ten minutes. */
  of(side: Caller['side']): Promise<readonly Caller[]>;
}

export async function openCallers(backend: TestBackend, { a, b }: { a: Tenant; b: Tenant }): Promise<Callers> {
  const secrets = [...a.secrets, ...b.secrets];
  const mayNotSee = [...a.private, ...b.private, ...secrets];
  const stranger = `Bearer ${(await backend.person()).token}`;
  const owner = a.people.owner;
  const forged = await forgedCredentials(backend, { org: a.org, key: a.keys.everything!, owner });
  const nobody = [...forged, ['a stranger who names A', stranger] as const].map(([name, authorization]) => {
    return { name, side: 'nobody' as const, kinds: ['user', 'member'] as const, authorization, org: a.org, mayNotSee };
  });
  nobody.push({ ...nobody.at(-1)!, name: 'a stranger who names B', org: b.org });
  const root: Caller = {
    name: 'the root key',
    side: 'operator',
    kinds: ['root'],
    authorization: `Bearer ${rootKey}`,
    org: a.org,
    mayNotSee,
  };
  return {
    async of(side) {
      if (side === 'a') return members(backend, 'a', a, [...b.private, ...secrets]);
      if (side === 'b') return members(backend, 'b', b, [...a.private, ...secrets]);
      return side === 'nobody' ? nobody : [root];
    },
  };
}

async function members(
  { deps: { identity } }: TestBackend,
  side: 'a' | 'b',
  { org, people, keys, sliceFilter, outsideOfSlice }: Tenant,
  mayNotSee: readonly string[],
): Promise<Caller[]> {
  const caller = (name: string, kinds: Caller['kinds'], credential: string, more: readonly string[] = []): Caller => ({
    name: `${name} of ${side}`,
    side,
    kinds,
    authorization: `Bearer ${credential}`,
    org,
    mayNotSee: [...mayNotSee, ...more],
  });
  const mint = async (filters: readonly string[]) => {
    const scopes = filters.length === 0 ? widgetScopes : (['costs:read'] as const);
    return (await identity.widgetTokens.mint({ org, scopes, filters })).token;
  };
  return [
    ...Object.entries(people).map(([role, { token }]) => caller(role, ['user', 'member'], token)),
    ...Object.entries(keys).map(([name, key]) => caller(`key for ${name}`, ['api_key'], key)),
    caller('widget', ['widget'], await mint([])),
    caller('widget with a slice', ['widget'], await mint([sliceFilter]), outsideOfSlice),
    caller('service', ['service'], await identity.services.mint({ service: 'scheduler', audience: 'api', org })),
  ];
}
