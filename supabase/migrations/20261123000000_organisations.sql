-- Organisations and the people in them. Cost data is not here: it is in the organisation's own dataset.
-- Servers write with the service role; people read what they are a member of, and write nothing.

create table public.organisations (
  slug text primary key check (slug ~ '^[a-z][a-z0-9_]{2,39}$'),
  name text not null check (length(btrim(name)) between 1 and 200),
  created_at timestamptz not null default now()
);

create table public.memberships (
  org_slug text not null references public.organisations (slug) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  role text not null check (role in ('owner', 'admin', 'analyst', 'viewer')),
  primary key (org_slug, user_id)
);

create index memberships_user_id on public.memberships (user_id);

-- Is the signed-in user a member of this organisation? Definer rights, so that a policy may ask it without
-- running into the policies of `memberships`; it never tells about anybody else.
create function public.is_member(slug text) returns boolean
language sql stable security definer set search_path = ''
as $$
  select exists (
    select 1 from public.memberships
    where memberships.org_slug = is_member.slug and memberships.user_id = (select auth.uid())
  );
$$;

-- Creates the organisation. The same slug and name again returns the row that is there; another name for a slug
-- in use is refused with SQLSTATE PT409 (PostgREST answers 409) and the message `org_exists`.
create function public.create_organisation(slug text, name text) returns public.organisations
language plpgsql security invoker set search_path = ''
as $$
#variable_conflict use_column
declare
  organisation public.organisations;
begin
  insert into public.organisations (slug, name)
  values (create_organisation.slug, create_organisation.name)
  on conflict (slug) do nothing;

  select * into strict organisation
  from public.organisations
  where organisations.slug = create_organisation.slug;

  if organisation.name <> create_organisation.name then
    raise exception 'org_exists' using errcode = 'PT409';
  end if;
  return organisation;
end;
$$;

-- Supabase grants everything in `public` to these roles by default; here each right is given by name.
-- Supabase Lite grants the tables anew on every start, so the policies below must hold without these lines.
revoke all on table public.organisations, public.memberships from public, anon, authenticated;
grant select on table public.organisations, public.memberships to authenticated;
grant select, insert, update, delete on table public.organisations, public.memberships to service_role;
revoke execute on function public.is_member(text) from public, anon;
grant execute on function public.is_member(text) to authenticated, service_role;
revoke execute on function public.create_organisation(text, text) from public, anon, authenticated;
grant execute on function public.create_organisation(text, text) to service_role;

alter table public.organisations enable row level security;
alter table public.organisations force row level security;
alter table public.memberships enable row level security;
alter table public.memberships force row level security;

create policy "members see their organisations" on public.organisations
  for select to authenticated using (public.is_member(slug));

create policy "people see their own memberships" on public.memberships
  for select to authenticated using (user_id = (select auth.uid()));
