-- Who belongs to an organisation, what it has set up, and what happened to it.
-- People read what their role lets them, through the policies below, and write nothing themselves: every change goes
-- through the API, which writes with the service role and knows who asked. Secrets are nowhere here: API keys and
-- sealed credentials are in the warehouse's control dataset. Money is decimal text, never a number.

-- Organisations ------------------------------------------------------------------------------------------------------

alter table public.organisations
  -- 'onboarding' until dataset, data key, first key and plan are there; 'leaving' once its deletion has begun.
  add column state text not null default 'active' check (state in ('onboarding', 'active', 'leaving')),
  -- Origins whose pages may show the organisation's widgets.
  add column allowed_origins text[] not null default '{}',
  -- Mails carry the name: it brings no line and no link of its own.
  add constraint organisations_name_plain
    check (name !~ '[\u0001-\u001f\u007f-\u009f]' and position('://' in name) = 0);

-- Slugs of organisations that were deleted. A slug never comes back, so that no old key, token or cached answer can
-- ever mean another organisation.
create table public.retired_slugs (
  slug text primary key,
  retired_at timestamptz not null default now(),
  -- What was deleted and when, as the person who asked for it was told. Names nobody.
  certificate jsonb
);

-- How far creating or deleting an organisation has come. Each step is stamped once it is done; the next call goes on
-- with the first that is not.
create table public.onboardings (
  org_slug text primary key references public.organisations (slug) on delete cascade,
  -- Who asked; null for the operator.
  requested_by uuid references auth.users (id) on delete set null,
  plan text not null,
  started_at timestamptz not null default now(),
  dataset_at timestamptz,
  data_key_at timestamptz,
  api_key_at timestamptz,
  plan_at timestamptz,
  finished_at timestamptz
);

create table public.offboardings (
  org_slug text primary key references public.organisations (slug) on delete cascade,
  requested_by uuid references auth.users (id) on delete set null,
  with_export boolean not null,
  started_at timestamptz not null default now(),
  keys_revoked_at timestamptz,
  billing_ended_at timestamptz,
  exported_at timestamptz,
  dataset_dropped_at timestamptz,
  data_keys_destroyed_at timestamptz,
  -- What each finished step counted: rows, bytes, files, keys. For the certificate.
  counts jsonb not null default '{}'
);

-- People -------------------------------------------------------------------------------------------------------------

alter table public.memberships
  -- As it was when the person joined, so that colleagues can tell each other.
  add column email text,
  add column created_at timestamptz not null default now();

create table public.invitations (
  id uuid primary key default gen_random_uuid(),
  org_slug text not null references public.organisations (slug) on delete cascade,
  -- Lower case.
  email text not null check (email = lower(email) and length(email) between 3 and 320),
  role text not null check (role in ('owner', 'admin', 'analyst', 'viewer')),
  -- SHA-256 of the secret in the invitation's link, hexadecimal.
  token_hash text not null unique,
  invited_by uuid references auth.users (id) on delete set null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz
);
create index invitations_org_slug on public.invitations (org_slug);

-- What an organisation has set up ------------------------------------------------------------------------------------

create table public.integrations (
  org_slug text not null references public.organisations (slug) on delete cascade,
  id text not null check (id ~ '^[a-z0-9][a-z0-9_-]{0,99}$'),
  connector text not null,
  name text not null check (length(btrim(name)) between 1 and 200),
  -- Everything that was filled in and is no secret, by the connector's field names.
  settings jsonb not null default '{}',
  -- 'draft' until a check has passed, 'broken' when the provider refused the credentials.
  state text not null default 'draft' check (state in ('draft', 'active', 'paused', 'broken')),
  -- Why it is broken, for people; never a secret.
  problem text,
  checked_at timestamptz,
  -- Every change raises it, and is made to the version that was read.
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_slug, id)
);

-- Plans of software that people enter by hand.
create table public.subscriptions (
  org_slug text not null references public.organisations (slug) on delete cascade,
  id text not null check (id ~ '^[a-z0-9][a-z0-9_-]{0,99}$'),
  -- The plan as the subscription file has it; amounts are decimal text.
  plan jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_slug, id)
);

create table public.hierarchy_nodes (
  org_slug text not null references public.organisations (slug) on delete cascade,
  id uuid not null default gen_random_uuid(),
  parent_id uuid,
  -- For example 'department', 'project', 'team'.
  level text not null check (length(level) between 1 and 60),
  name text not null check (length(btrim(name)) between 1 and 200),
  -- Filters in the grammar of the cost question: what belongs to the node.
  filters text[] not null default '{}',
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_slug, id),
  foreign key (org_slug, parent_id) references public.hierarchy_nodes (org_slug, id) on delete restrict
);

create table public.budgets (
  org_slug text not null references public.organisations (slug) on delete cascade,
  id uuid not null default gen_random_uuid(),
  name text not null check (length(btrim(name)) between 1 and 200),
  -- Decimal text, as all money.
  amount text not null check (amount ~ '^[0-9]{1,20}(\.[0-9]{1,18})?$'),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  period text not null check (period in ('month', 'quarter', 'year')),
  filters text[] not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (org_slug, id)
);

-- Runs: the queue of the pipelines, and the progress bar of the people -----------------------------------------------

create table public.runs (
  id text primary key,
  org_slug text not null references public.organisations (slug) on delete cascade,
  integration_id text not null,
  kind text not null,
  -- First day of the month that the run is about; null for all that the source has.
  billing_period date,
  state text not null default 'queued' check (state in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  -- Grows with every claim, and is the fencing token: who holds an older one writes nothing.
  attempt integer not null default 0,
  max_attempts integer not null default 5,
  -- Smaller goes first.
  priority integer not null default 100,
  run_after timestamptz not null default now(),
  lease_owner text,
  lease_expires_at timestamptz,
  checkpoint jsonb,
  counts jsonb not null default '{}',
  error_code text,
  error_detail text,
  -- The same key asks for the same run.
  idempotency_key text,
  requested_by text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz,
  unique (org_slug, idempotency_key)
);
-- One run at a time for one thing.
create unique index runs_under_way on public.runs (org_slug, integration_id, kind, coalesce(billing_period, '0001-01-01'))
  where state in ('queued', 'running');
create index runs_claimable on public.runs (priority, run_after) where state in ('queued', 'running');

-- Billing ------------------------------------------------------------------------------------------------------------

create table public.billing_accounts (
  org_slug text primary key references public.organisations (slug) on delete cascade,
  -- Id of a plan in the configuration.
  plan text not null,
  status text not null check (status in ('self_hosted', 'free', 'trialing', 'active', 'past_due', 'cancelled')),
  stripe_customer_id text unique,
  stripe_subscription_id text unique,
  trial_ends_at timestamptz,
  current_period_ends_at timestamptz,
  -- After a failed payment: until when the plan still holds.
  grace_ends_at timestamptz,
  cancels_at_period_end boolean not null default false,
  synchronised_at timestamptz,
  updated_at timestamptz not null default now()
);

-- Webhook events that were taken in, each once.
create table public.stripe_events (
  id text primary key,
  type text not null,
  org_slug text references public.organisations (slug) on delete cascade,
  created_at timestamptz not null,
  received_at timestamptz not null default now(),
  processed_at timestamptz
);

-- Around it ----------------------------------------------------------------------------------------------------------

-- Widget tokens that were taken back: one token, all of a subject, or all of the organisation's, issued until then.
create table public.token_revocations (
  org_slug text not null references public.organisations (slug) on delete cascade,
  kind text not null check (kind in ('token', 'subject', 'org')),
  -- `jti`, `sub`, or '' for the organisation.
  value text not null,
  -- Tokens issued at this second or earlier are void.
  revoked_at timestamptz not null,
  -- By then every such token has expired.
  expires_at timestamptz not null,
  primary key (org_slug, kind, value)
);

create table public.audit_events (
  id uuid primary key,
  at timestamptz not null default now(),
  -- Null for what belongs to no organisation. No reference: what happened is true after the organisation is gone.
  org_slug text,
  actor_kind text not null,
  actor_id text,
  -- For example 'api_key.revoke'.
  action text not null,
  -- What it was done to, for example 'key_…'.
  target text,
  -- 'attempted' is written before, the outcome after: one that stays attempted was cut off.
  outcome text not null check (outcome in ('attempted', 'succeeded', 'refused', 'failed')),
  status integer,
  code text,
  request_id text not null,
  address text,
  user_agent text
);
create index audit_events_org_slug on public.audit_events (org_slug, at desc, id desc);

-- Answers to requests that carried an Idempotency-Key. What was answered is sealed: it may show an API key.
create table public.idempotency_keys (
  -- Who asked, for example 'user:…'; keys of different principals never meet.
  principal text not null,
  key text not null,
  org_slug text,
  -- SHA-256 of method, path and body.
  fingerprint text not null,
  -- Null while the request is under way.
  status integer,
  sealed_answer text,
  created_at timestamptz not null default now(),
  -- A request that was cut off blocks its key only so long.
  locked_until timestamptz not null,
  expires_at timestamptz not null,
  primary key (principal, key)
);
create index idempotency_keys_expires_at on public.idempotency_keys (expires_at);

-- What a signed-in person may ask ------------------------------------------------------------------------------------

-- An organisation that is not set up, or that leaves, shows people its row and their own memberships, and nothing else.
create or replace function public.is_member(slug text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (
    select 1 from public.memberships
    join public.organisations on organisations.slug = memberships.org_slug and organisations.state = 'active'
    where memberships.org_slug = is_member.slug
      and memberships.user_id = (select auth.uid())
  );
$$;

-- Has the signed-in user one of these roles in this organisation? As `is_member`.
create function public.has_role(slug text, roles text[]) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (
    select 1 from public.memberships
    join public.organisations on organisations.slug = memberships.org_slug and organisations.state = 'active'
    where memberships.org_slug = has_role.slug
      and memberships.user_id = (select auth.uid())
      and memberships.role = any (has_role.roles)
  );
$$;

revoke execute on function public.has_role(text, text[]) from public, anon;
grant execute on function public.has_role(text, text[]) to authenticated, service_role;

-- Supabase Lite grants the tables anew on every start, so the policies must hold without these lines.
revoke all on table
  public.retired_slugs, public.onboardings, public.offboardings, public.invitations, public.integrations,
  public.subscriptions, public.hierarchy_nodes, public.budgets, public.runs, public.billing_accounts,
  public.stripe_events, public.token_revocations, public.audit_events, public.idempotency_keys
  from public, anon, authenticated, service_role;
grant select on table
  public.integrations, public.subscriptions, public.hierarchy_nodes, public.budgets, public.runs,
  public.billing_accounts, public.audit_events
  to authenticated;
-- All but the hash of the secret.
grant select (id, org_slug, email, role, invited_by, created_at, expires_at, accepted_at, revoked_at)
  on table public.invitations to authenticated;
grant select, insert, update, delete on table
  public.retired_slugs, public.onboardings, public.offboardings, public.invitations, public.integrations,
  public.subscriptions, public.hierarchy_nodes, public.budgets, public.runs, public.billing_accounts,
  public.stripe_events, public.token_revocations, public.audit_events, public.idempotency_keys
  to service_role;

alter table public.retired_slugs enable row level security;
alter table public.retired_slugs force row level security;
alter table public.onboardings enable row level security;
alter table public.onboardings force row level security;
alter table public.offboardings enable row level security;
alter table public.offboardings force row level security;
alter table public.invitations enable row level security;
alter table public.invitations force row level security;
alter table public.integrations enable row level security;
alter table public.integrations force row level security;
alter table public.subscriptions enable row level security;
alter table public.subscriptions force row level security;
alter table public.hierarchy_nodes enable row level security;
alter table public.hierarchy_nodes force row level security;
alter table public.budgets enable row level security;
alter table public.budgets force row level security;
alter table public.runs enable row level security;
alter table public.runs force row level security;
alter table public.billing_accounts enable row level security;
alter table public.billing_accounts force row level security;
alter table public.stripe_events enable row level security;
alter table public.stripe_events force row level security;
alter table public.token_revocations enable row level security;
alter table public.token_revocations force row level security;
alter table public.audit_events enable row level security;
alter table public.audit_events force row level security;
alter table public.idempotency_keys enable row level security;
alter table public.idempotency_keys force row level security;

-- Tables without a policy (slugs, on- and offboarding, Stripe's events, revocations, idempotency) are the servers' own.
drop policy "members see their organisations" on public.organisations;
create policy "people see the organisations they belong to" on public.organisations
  for select to authenticated using (exists (
    select 1 from public.memberships
    where memberships.org_slug = organisations.slug and memberships.user_id = (select auth.uid())
  ));
create policy "admins see everybody's memberships" on public.memberships
  for select to authenticated using (public.has_role(org_slug, array['owner', 'admin']));
create policy "admins see invitations" on public.invitations
  for select to authenticated using (public.has_role(org_slug, array['owner', 'admin']));
create policy "analysts see integrations" on public.integrations
  for select to authenticated using (public.has_role(org_slug, array['owner', 'admin', 'analyst']));
create policy "members see subscriptions" on public.subscriptions
  for select to authenticated using (public.is_member(org_slug));
create policy "members see the hierarchy" on public.hierarchy_nodes
  for select to authenticated using (public.is_member(org_slug));
create policy "members see budgets" on public.budgets
  for select to authenticated using (public.is_member(org_slug));
create policy "analysts see runs" on public.runs
  for select to authenticated using (public.has_role(org_slug, array['owner', 'admin', 'analyst']));
create policy "admins see billing" on public.billing_accounts
  for select to authenticated using (public.has_role(org_slug, array['owner', 'admin']));
create policy "admins see the audit log" on public.audit_events
  for select to authenticated using (public.has_role(org_slug, array['owner', 'admin']));
