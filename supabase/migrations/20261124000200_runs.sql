-- The queue of runs. A worker claims, keeps its lease alive, and finishes; each of these says with `attempt` which claim
-- it belongs to, so that a worker that lost its lease changes nothing.

-- Queues a run, or returns the one that the same key, or the same thing under way, has already.
create function public.enqueue_run(
  id text, org_slug text, integration_id text, kind text, billing_period date,
  idempotency_key text, requested_by text, priority integer, run_after timestamptz, max_attempts integer
) returns public.runs
language plpgsql security invoker set search_path = ''
as $$
#variable_conflict use_column
declare
  run public.runs;
begin
  insert into public.runs (id, org_slug, integration_id, kind, billing_period, idempotency_key, requested_by, priority, run_after, max_attempts)
  values (
    enqueue_run.id, enqueue_run.org_slug, enqueue_run.integration_id, enqueue_run.kind, enqueue_run.billing_period,
    enqueue_run.idempotency_key, enqueue_run.requested_by, enqueue_run.priority, enqueue_run.run_after, enqueue_run.max_attempts
  )
  on conflict do nothing
  returning * into run;
  if run.id is not null then
    return run;
  end if;
  select * into run from public.runs
  where runs.org_slug = enqueue_run.org_slug and runs.idempotency_key = enqueue_run.idempotency_key;
  if run.id is not null then
    return run;
  end if;
  select * into run from public.runs
  where runs.org_slug = enqueue_run.org_slug
    and runs.integration_id = enqueue_run.integration_id
    and runs.kind = enqueue_run.kind
    and runs.billing_period is not distinct from enqueue_run.billing_period
    and runs.state in ('queued', 'running');
  if run.id is null then
    -- The one under way ended in this very moment, or the id is taken: asking again settles it.
    raise exception 'run_conflict' using errcode = 'PT409';
  end if;
  return run;
end;
$$;

-- Takes the next due run, also one whose worker fell silent. No row when there is none. Where the worker of the last
-- attempt fell silent the run has failed.
create function public.claim_run(worker text, kinds text[], lease_seconds integer) returns setof public.runs
language sql security invoker set search_path = ''
as $$
  update public.runs
  set state = 'failed',
    error_code = 'unavailable',
    error_detail = 'The worker of the last attempt fell silent.',
    lease_owner = null,
    lease_expires_at = null,
    finished_at = now()
  where runs.id in (
    select silent.id from public.runs silent
    where silent.state = 'running' and silent.lease_expires_at <= now() and silent.attempt >= silent.max_attempts
      and silent.kind = any (claim_run.kinds)
    for update skip locked
  );
  update public.runs
  set state = 'running',
    attempt = runs.attempt + 1,
    lease_owner = claim_run.worker,
    lease_expires_at = now() + make_interval(secs => claim_run.lease_seconds),
    started_at = coalesce(runs.started_at, now())
  where runs.id = (
    select due.id from public.runs due
    where due.kind = any (claim_run.kinds)
      and due.attempt < due.max_attempts
      and (
        (due.state = 'queued' and due.run_after <= now())
        or (due.state = 'running' and due.lease_expires_at <= now())
      )
    order by due.priority, due.run_after, due.id
    for update skip locked
    limit 1
  )
  returning runs.*;
$$;

-- Keeps the lease, and records how far the run is. False when the lease belongs to somebody else by now.
create function public.heartbeat_run(id text, attempt integer, lease_seconds integer, checkpoint jsonb, counts jsonb)
returns boolean
language plpgsql security invoker set search_path = ''
as $$
#variable_conflict use_column
begin
  update public.runs
  set lease_expires_at = now() + make_interval(secs => lease_seconds),
    checkpoint = coalesce(heartbeat_run.checkpoint, runs.checkpoint),
    counts = coalesce(heartbeat_run.counts, runs.counts)
  where runs.id = heartbeat_run.id and runs.attempt = heartbeat_run.attempt and runs.state = 'running';
  return found;
end;
$$;

-- Ends the attempt: 'succeeded', 'failed', 'cancelled', or 'queued' to try again at `run_after`, which after the last
-- attempt is 'failed'. False as above.
create function public.finish_run(
  id text, attempt integer, state text, error_code text, error_detail text, counts jsonb, run_after timestamptz
) returns boolean
language plpgsql security invoker set search_path = ''
as $$
#variable_conflict use_column
declare
  next_state text := finish_run.state;
begin
  if next_state not in ('succeeded', 'failed', 'cancelled', 'queued') then
    raise exception 'unknown_state' using errcode = 'PT400';
  end if;
  if next_state = 'queued' and exists (
    select 1 from public.runs where runs.id = finish_run.id and runs.attempt >= runs.max_attempts
  ) then
    next_state := 'failed';
  end if;
  update public.runs
  set state = next_state,
    error_code = finish_run.error_code,
    error_detail = finish_run.error_detail,
    counts = coalesce(finish_run.counts, runs.counts),
    run_after = coalesce(finish_run.run_after, runs.run_after),
    lease_owner = null,
    lease_expires_at = null,
    finished_at = case when next_state = 'queued' then null else now() end
  where runs.id = finish_run.id and runs.attempt = finish_run.attempt and runs.state = 'running';
  return found;
end;
$$;

-- None of these transactions is for people or for anybody without a session.
do $$
declare
  routine record;
begin
  for routine in
    select oid::regprocedure as signature from pg_catalog.pg_proc
    where pronamespace = 'public'::regnamespace
      and proname in (
        'begin_onboarding', 'stamp_onboarding', 'accept_invitation', 'change_membership', 'delete_account',
        'begin_offboarding', 'stamp_offboarding', 'finish_offboarding', 'guard_audit_events', 'list_audit_events',
        'prune_audit_events',
        'create_invitation', 'create_integration', 'revoke_tokens', 'revocations_in_force', 'all_allowed_origins',
        'begin_idempotent', 'enqueue_run', 'claim_run', 'heartbeat_run', 'finish_run'
      )
  loop
    execute format('revoke execute on function %s from public, anon, authenticated', routine.signature);
    execute format('grant execute on function %s to service_role', routine.signature);
  end loop;
end;
$$;
