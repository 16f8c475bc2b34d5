-- Transactions on organisations and the people in them. Only the servers call them, with the service role; what they
-- refuse they say with a message that is a code, and an SQLSTATE that PostgREST turns into an HTTP status.

-- Replaced by begin_onboarding.
drop function public.create_organisation(text, text);

-- Creates the organisation and, for a signed-in person, makes that person its owner; the same call again returns the
-- row that is there. `org_exists`: the slug is taken, by another name or another owner, or was retired.
-- `too_many_orgs`: the person owns 20 already.
create function public.begin_onboarding(slug text, name text, plan text, owner_id uuid, owner_email text)
returns public.onboardings
language plpgsql security invoker set search_path = ''
as $$
#variable_conflict use_column
declare
  organisation public.organisations;
  onboarding public.onboardings;
begin
  if owner_id is not null then
    -- Two requests of one person wait for each other, so that the limit holds.
    perform pg_advisory_xact_lock(hashtextextended(owner_id::text, 0));
  end if;

  insert into public.organisations (slug, name, state)
  values (begin_onboarding.slug, begin_onboarding.name, 'onboarding')
  on conflict (slug) do nothing;
  if found then
    -- After the insert, which waits for an organisation of this slug that is being deleted.
    if exists (select 1 from public.retired_slugs where retired_slugs.slug = begin_onboarding.slug) then
      raise exception 'org_exists' using errcode = 'PT409';
    end if;
    if owner_id is not null then
      if (select count(*) from public.memberships where user_id = owner_id and role = 'owner') >= 20 then
        raise exception 'too_many_orgs' using errcode = 'PT409';
      end if;
      insert into public.memberships (org_slug, user_id, role, email)
      values (begin_onboarding.slug, owner_id, 'owner', owner_email);
    end if;
    insert into public.onboardings (org_slug, requested_by, plan)
    values (begin_onboarding.slug, owner_id, begin_onboarding.plan);
  end if;

  select * into organisation from public.organisations where organisations.slug = begin_onboarding.slug;
  select * into onboarding from public.onboardings where onboardings.org_slug = begin_onboarding.slug;
  if not found
    or organisation.name <> begin_onboarding.name
    or organisation.state = 'leaving'
    or onboarding.requested_by is distinct from owner_id
    -- The person who asked is gone, and the organisation is not the operator's for that.
    or (owner_id is null and exists (select 1 from public.memberships where org_slug = organisation.slug))
  then
    raise exception 'org_exists' using errcode = 'PT409';
  end if;
  return onboarding;
end;
$$;

-- Stamps one step of an onboarding, once. The last, 'finished', makes the organisation active. `org_not_found`.
create function public.stamp_onboarding(slug text, step text) returns public.onboardings
language plpgsql security invoker set search_path = ''
as $$
declare
  onboarding public.onboardings;
begin
  if step not in ('dataset', 'data_key', 'api_key', 'plan', 'finished') then
    raise exception 'unknown_step' using errcode = 'PT400';
  end if;
  execute format(
    'update public.onboardings set %1$I = coalesce(%1$I, now()) where org_slug = $1 returning *', step || '_at'
  ) into onboarding using slug;
  if onboarding.org_slug is null then
    raise exception 'org_not_found' using errcode = 'PT404';
  end if;
  if step = 'finished' then
    update public.organisations set state = 'active' where organisations.slug = stamp_onboarding.slug and state = 'onboarding';
  end if;
  return onboarding;
end;
$$;

-- Invites somebody, and forgets what was closed 90 days ago. Two requests of one organisation wait for each other, so that
-- the limits hold. `org_not_found`; `rate_limited`, with the seconds to wait as its detail: 20 invitations in an hour, one
-- to an address in five minutes; `plan_limit`: members and open invitations, without one that this replaces, would be
-- more than `most` (null: no limit).
create function public.create_invitation(
  slug text, email text, role text, token_hash text, invited_by uuid, expires_at timestamptz, most integer
) returns public.invitations
language plpgsql security invoker set search_path = ''
as $$
#variable_conflict use_column
declare
  invitation public.invitations;
  wait interval;
begin
  perform 1 from public.organisations where organisations.slug = create_invitation.slug for no key update;
  if not found then
    raise exception 'org_not_found' using errcode = 'PT404';
  end if;
  delete from public.invitations
  where org_slug = create_invitation.slug and least(accepted_at, revoked_at, expires_at) < now() - interval '90 days';

  -- Those that were taken back count: their mails were sent.
  select greatest(
    case when count(*) >= 20 then min(created_at) + interval '1 hour' - now() end,
    max(created_at) filter (
      where invitations.email = lower(create_invitation.email) and created_at > now() - interval '5 minutes'
    ) + interval '5 minutes' - now()
  ) into wait
  from public.invitations
  where org_slug = create_invitation.slug and created_at > now() - interval '1 hour';
  if wait is not null then
    raise exception 'rate_limited' using errcode = 'PT429', detail = ceil(extract(epoch from wait))::integer::text;
  end if;

  insert into public.invitations (org_slug, email, role, token_hash, invited_by, expires_at)
  values (
    create_invitation.slug, lower(create_invitation.email), create_invitation.role, create_invitation.token_hash,
    create_invitation.invited_by, create_invitation.expires_at
  )
  returning * into invitation;
  if most < (select count(*) from public.memberships where org_slug = create_invitation.slug) + 1 + (
    select count(*) from public.invitations
    where org_slug = create_invitation.slug and invitations.email <> invitation.email
      and accepted_at is null and revoked_at is null and invitations.expires_at > now()
  ) then
    raise exception 'plan_limit' using errcode = 'PT402';
  end if;
  return invitation;
end;
$$;

-- Creates the integration. Two requests of one organisation wait for each other, so that the limit holds. `org_not_found`;
-- `plan_limit`: there would be more than `most` (null: no limit).
create function public.create_integration(
  slug text, id text, connector text, name text, settings jsonb, most integer
) returns public.integrations
language plpgsql security invoker set search_path = ''
as $$
#variable_conflict use_column
declare
  integration public.integrations;
begin
  perform 1 from public.organisations where organisations.slug = create_integration.slug for no key update;
  if not found then
    raise exception 'org_not_found' using errcode = 'PT404';
  end if;
  insert into public.integrations (org_slug, id, connector, name, settings)
  values (
    create_integration.slug, create_integration.id, create_integration.connector, create_integration.name,
    create_integration.settings
  )
  returning * into integration;
  if most < (select count(*) from public.integrations where org_slug = create_integration.slug) then
    raise exception 'plan_limit' using errcode = 'PT402';
  end if;
  return integration;
end;
$$;

-- Makes the person a member with the role of the invitation. `invitation_invalid`: unknown, taken back, expired, for
-- another address, or of an organisation that is leaving. A second call of the same person changes nothing.
create function public.accept_invitation(token_hash text, user_id uuid, email text) returns public.memberships
language plpgsql security invoker set search_path = ''
as $$
#variable_conflict use_column
declare
  invitation public.invitations;
  membership public.memberships;
begin
  select * into invitation from public.invitations
  where invitations.token_hash = accept_invitation.token_hash for update;
  if not found
    or invitation.revoked_at is not null
    or invitation.email <> lower(accept_invitation.email)
    or (invitation.accepted_at is null and invitation.expires_at <= now())
    or exists (
      select 1 from public.organisations
      where organisations.slug = invitation.org_slug and organisations.state = 'leaving'
    )
  then
    raise exception 'invitation_invalid' using errcode = 'PT404';
  end if;
  select * into membership from public.memberships
  where memberships.org_slug = invitation.org_slug and memberships.user_id = accept_invitation.user_id;
  if found then
    update public.invitations set accepted_at = coalesce(accepted_at, now()) where id = invitation.id;
    return membership;
  end if;
  -- Accepted once already: whoever left since does not come back with an old link.
  if invitation.accepted_at is not null then
    raise exception 'invitation_invalid' using errcode = 'PT404';
  end if;
  insert into public.memberships (org_slug, user_id, role, email)
  values (invitation.org_slug, accept_invitation.user_id, invitation.role, lower(accept_invitation.email))
  returning * into membership;
  update public.invitations set accepted_at = now() where id = invitation.id;
  return membership;
end;
$$;

-- Changes a role, or ends a membership (`new_role` null), for the member who asks; open invitations that the person sent
-- end with the old role. `member_not_found`, `forbidden` where the actor's role does not allow it, and `last_owner` where
-- nobody else would own the organisation.
create function public.change_membership(slug text, actor_id uuid, member_id uuid, new_role text) returns void
language plpgsql security invoker set search_path = ''
as $$
declare
  membership public.memberships;
  actor_role text;
begin
  -- Changes of one organisation go one after the other: two owners who leave at once would leave nobody, and an actor
  -- whose own role is just being taken would still use it.
  perform 1 from public.organisations where organisations.slug = change_membership.slug for no key update;
  select * into membership from public.memberships
  where memberships.org_slug = slug and memberships.user_id = member_id;
  if not found then
    raise exception 'member_not_found' using errcode = 'PT404';
  end if;
  select memberships.role into actor_role from public.memberships
  where memberships.org_slug = slug and memberships.user_id = actor_id;
  if not coalesce(
    actor_role = 'owner'
      or (actor_role = 'admin' and membership.role <> 'owner' and new_role is distinct from 'owner')
      or (actor_id = member_id and new_role is null),
    false
  ) then
    raise exception 'forbidden' using errcode = 'PT403';
  end if;
  if membership.role = 'owner' and new_role is distinct from 'owner' and not exists (
    select 1 from public.memberships
    where memberships.org_slug = slug and memberships.user_id <> member_id and memberships.role = 'owner'
  ) then
    raise exception 'last_owner' using errcode = 'PT409', detail = slug;
  end if;
  if new_role is null then
    delete from public.memberships where memberships.org_slug = slug and memberships.user_id = member_id;
  else
    update public.memberships set role = new_role where memberships.org_slug = slug and memberships.user_id = member_id;
  end if;
  if new_role is distinct from membership.role then
    update public.invitations set revoked_at = now()
    where org_slug = slug and invited_by = member_id and accepted_at is null and revoked_at is null;
  end if;
end;
$$;

-- Deletes the person with all memberships, with the address in invitations that are done with, and takes back the open
-- ones that the person sent. `last_owner`, with the slugs as its detail, where organisations would be left without an owner. Doing it again changes nothing.
create function public.delete_account(account_id uuid) returns void
language plpgsql security definer set search_path = ''
as $$
declare
  orphans text;
begin
  -- The person's own begin_onboarding waits: a new organisation would be left without its owner.
  perform pg_advisory_xact_lock(hashtextextended(account_id::text, 0));
  perform 1 from public.organisations
  where slug in (select org_slug from public.memberships where memberships.user_id = account_id)
  order by slug for no key update;
  select string_agg(own.org_slug, ', ' order by own.org_slug) into orphans
  from public.memberships own
  where own.user_id = account_id and own.role = 'owner' and not exists (
    select 1 from public.memberships other
    where other.org_slug = own.org_slug and other.user_id <> account_id and other.role = 'owner'
  );
  if orphans is not null then
    raise exception 'last_owner' using errcode = 'PT409', detail = orphans;
  end if;
  delete from public.invitations
  where email = (select lower(users.email) from auth.users where users.id = account_id)
    and (accepted_at is not null or revoked_at is not null or expires_at <= now());
  update public.invitations set revoked_at = now()
  where invited_by = account_id and accepted_at is null and revoked_at is null;
  delete from auth.users where id = account_id;
end;
$$;

-- The organisation begins to leave; the same call again returns how far it is. Whatever tokens it has or is yet given are
-- void with that, and stay so. `org_not_found`.
create function public.begin_offboarding(slug text, requester uuid, with_export boolean) returns public.offboardings
language plpgsql security invoker set search_path = ''
as $$
#variable_conflict use_column
declare
  offboarding public.offboardings;
begin
  update public.organisations set state = 'leaving' where organisations.slug = begin_offboarding.slug;
  if not found then
    raise exception 'org_not_found' using errcode = 'PT404';
  end if;
  insert into public.offboardings (org_slug, requested_by, with_export)
  values (begin_offboarding.slug, requester, begin_offboarding.with_export)
  on conflict (org_slug) do nothing;
  insert into public.token_revocations (org_slug, kind, value, revoked_at, expires_at)
  values (begin_offboarding.slug, 'org', '', now() + interval '100 years', now() + interval '100 years')
  on conflict (org_slug, kind, value) do update
  set revoked_at = excluded.revoked_at, expires_at = excluded.expires_at;
  select * into strict offboarding from public.offboardings where offboardings.org_slug = begin_offboarding.slug;
  return offboarding;
end;
$$;

-- Stamps one step of an offboarding, once, and adds what it counted. `org_not_found`.
create function public.stamp_offboarding(slug text, step text, counted jsonb) returns public.offboardings
language plpgsql security invoker set search_path = ''
as $$
declare
  offboarding public.offboardings;
begin
  if step not in ('keys_revoked', 'billing_ended', 'exported', 'dataset_dropped', 'data_keys_destroyed') then
    raise exception 'unknown_step' using errcode = 'PT400';
  end if;
  execute format(
    'update public.offboardings set counts = case when %1$I is null then counts || $2 else counts end,'
    ' %1$I = coalesce(%1$I, now()) where org_slug = $1 returning *', step || '_at'
  ) into offboarding using slug, counted;
  if offboarding.org_slug is null then
    raise exception 'org_not_found' using errcode = 'PT404';
  end if;
  return offboarding;
end;
$$;

-- Ends the organisation: its slug is retired with the certificate, everything that refers to it goes with it, its audit
-- log too. Doing it again returns the certificate that is there. `org_not_found`: it has not begun to leave.
create function public.finish_offboarding(slug text, certificate jsonb) returns jsonb
language plpgsql security invoker set search_path = ''
as $$
#variable_conflict use_column
declare
  kept jsonb;
begin
  if not exists (select 1 from public.retired_slugs where retired_slugs.slug = finish_offboarding.slug)
    and not exists (select 1 from public.offboardings where offboardings.org_slug = finish_offboarding.slug)
  then
    raise exception 'org_not_found' using errcode = 'PT404';
  end if;
  insert into public.retired_slugs (slug, certificate)
  values (finish_offboarding.slug, finish_offboarding.certificate)
  on conflict (slug) do nothing;
  perform set_config('cloudact.erasing_org', finish_offboarding.slug, true);
  delete from public.audit_events where org_slug = finish_offboarding.slug;
  delete from public.idempotency_keys where org_slug = finish_offboarding.slug;
  delete from public.organisations where organisations.slug = finish_offboarding.slug;
  perform set_config('cloudact.erasing_org', '', true);
  select retired_slugs.certificate into kept from public.retired_slugs
  where retired_slugs.slug = finish_offboarding.slug;
  return kept;
end;
$$;

-- The audit log is only ever added to. An attempt gets its outcome once, and with it the organisation that it turned out to
-- be about, where that is there: one that is gone, or never was, has no log. Only the erasing of an organisation and the end
-- of the retention take rows away.
create function public.guard_audit_events() returns trigger
language plpgsql set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and old.outcome = 'attempted' and new.outcome <> 'attempted'
    and (new.id, new.at, new.actor_kind, new.actor_id, new.action, new.request_id, new.address, new.user_agent)
      is not distinct from
      (old.id, old.at, old.actor_kind, old.actor_id, old.action, old.request_id, old.address, old.user_agent)
    and (old.org_slug is null or new.org_slug is not distinct from old.org_slug)
  then
    if old.org_slug is null then
      select organisations.slug into new.org_slug from public.organisations where organisations.slug = new.org_slug;
    end if;
    return new;
  end if;
  if tg_op = 'DELETE' and current_setting('cloudact.pruning_audit', true) = 'on' then
    return old;
  end if;
  if tg_op = 'DELETE' and old.org_slug = nullif(current_setting('cloudact.erasing_org', true), '') then
    return old;
  end if;
  raise exception 'audit_is_append_only' using errcode = 'PT409';
end;
$$;

create trigger audit_events_append_only before update or delete on public.audit_events
  for each row execute function public.guard_audit_events();
create trigger audit_events_no_truncate before truncate on public.audit_events
  for each statement execute function public.guard_audit_events();

-- Ends the retention of what is older, of at least 30 days. Returns how many events went. `retention_too_short`.
create function public.prune_audit_events(older_than interval) returns bigint
language plpgsql security invoker set search_path = ''
as $$
declare
  pruned bigint;
begin
  if older_than is null or now() - older_than > now() - interval '30 days' then
    raise exception 'retention_too_short' using errcode = 'PT400';
  end if;
  perform set_config('cloudact.pruning_audit', 'on', true);
  delete from public.audit_events where at < now() - older_than;
  get diagnostics pruned = row_count;
  perform set_config('cloudact.pruning_audit', '', true);
  return pruned;
end;
$$;

-- The organisation's audit log, newest first, older than the event `before` where one is given.
create function public.list_audit_events(slug text, before uuid, page_size integer) returns setof public.audit_events
language sql stable security invoker set search_path = ''
as $$
  select audit_events.* from public.audit_events
  where audit_events.org_slug = list_audit_events.slug
    and (
      list_audit_events.before is null
      or (audit_events.at, audit_events.id) < (
        select mark.at, mark.id from public.audit_events mark
        where mark.org_slug = list_audit_events.slug and mark.id = list_audit_events.before
      )
    )
  order by audit_events.at desc, audit_events.id desc
  limit list_audit_events.page_size;
$$;

-- Takes tokens back, never for less than they were taken back already, and forgets revocations that no token outlives.
create function public.revoke_tokens(slug text, kind text, value text, revoked_at timestamptz, expires_at timestamptz)
returns void
language plpgsql security invoker set search_path = ''
as $$
#variable_conflict use_column
begin
  delete from public.token_revocations where org_slug = slug and token_revocations.expires_at <= now();
  insert into public.token_revocations as kept (org_slug, kind, value, revoked_at, expires_at)
  values (slug, revoke_tokens.kind, revoke_tokens.value, revoke_tokens.revoked_at, revoke_tokens.expires_at)
  on conflict (org_slug, kind, value) do update
  set revoked_at = greatest(kept.revoked_at, excluded.revoked_at),
    expires_at = greatest(kept.expires_at, excluded.expires_at);
end;
$$;

-- All revocations in force, in one value: an answer in rows is cut off at the API's `max_rows`.
create function public.revocations_in_force() returns jsonb
language sql stable security invoker set search_path = ''
as $$
  select coalesce(jsonb_agg(to_jsonb(token_revocations)), '[]') from public.token_revocations where expires_at > now();
$$;

-- Every origin that any organisation allows, once.
create function public.all_allowed_origins() returns jsonb
language sql stable security invoker set search_path = ''
as $$
  select coalesce(jsonb_agg(distinct origin), '[]')
  from public.organisations, unnest(organisations.allowed_origins) as origin
  where organisations.state <> 'leaving';
$$;

-- Takes the key for one request: 'begin' (go on and answer), 'answered' (with what was answered), 'in_flight', or
-- 'mismatch' (the key came with another request before).
create function public.begin_idempotent(
  principal text, key text, org_slug text, fingerprint text, lock_seconds integer, keep_seconds integer
) returns table (state text, status integer, sealed_answer text)
language plpgsql security invoker set search_path = ''
as $$
#variable_conflict use_column
declare
  kept public.idempotency_keys;
begin
  -- A kept answer may show a secret: it goes at its time, whether or not its key ever comes again.
  delete from public.idempotency_keys
  where (principal, key) in (
    select due.principal, due.key from public.idempotency_keys due
    where due.expires_at <= now()
    order by due.expires_at
    for update skip locked
    limit 100
  );
  delete from public.idempotency_keys
  where idempotency_keys.principal = begin_idempotent.principal
    and idempotency_keys.key = begin_idempotent.key
    and (expires_at <= now() or (idempotency_keys.status is null and locked_until <= now()
      and idempotency_keys.fingerprint = begin_idempotent.fingerprint));
  insert into public.idempotency_keys (principal, key, org_slug, fingerprint, locked_until, expires_at)
  values (
    begin_idempotent.principal, begin_idempotent.key, begin_idempotent.org_slug, begin_idempotent.fingerprint,
    now() + make_interval(secs => lock_seconds), now() + make_interval(secs => keep_seconds)
  )
  on conflict do nothing;
  if found then
    return query select 'begin'::text, null::integer, null::text;
    return;
  end if;
  select * into kept from public.idempotency_keys
  where idempotency_keys.principal = begin_idempotent.principal and idempotency_keys.key = begin_idempotent.key;
  if not found then
    -- Let go of in this very moment.
    return query select 'in_flight'::text, null::integer, null::text;
    return;
  end if;
  return query select
    case
      when kept.fingerprint <> begin_idempotent.fingerprint then 'mismatch'
      when kept.status is null then 'in_flight'
      else 'answered'
    end,
    kept.status,
    kept.sealed_answer;
end;
$$;
