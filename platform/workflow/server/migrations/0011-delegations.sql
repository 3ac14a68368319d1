-- 工作委托: whose work goes to whom, for how long. Nothing is deleted; an early end is a revocation.
create table workflow_delegation (
  id uuid primary key,
  principal_id uuid not null,
  organisation_id uuid not null,
  delegate_id uuid not null,
  delegate_post uuid not null,
  scope text not null check (scope in ('all', 'processes', 'post')),
  processes text[] not null default '{}',
  excluded text[] not null default '{}',
  post_id uuid,
  secrets boolean not null default false,
  shared boolean not null default false,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  reason text not null default '',
  created_by uuid not null,
  created_at timestamptz not null,
  revoked_by uuid,
  revoked_at timestamptz,
  -- How far running work has followed: nothing yet, its beginning, its end.
  followed text not null default 'none' check (followed in ('none', 'begun', 'over')),
  check (ends_at > starts_at),
  check (principal_id <> delegate_id)
);
create index workflow_delegation_principal on workflow_delegation (principal_id, ends_at);
create index workflow_delegation_delegate on workflow_delegation (delegate_id, ends_at);
create index workflow_delegation_unfollowed on workflow_delegation (starts_at) where followed <> 'over';
-- Open parts that somebody holds for another person.
create index workflow_actor_principal on workflow_actor ((data->'onBehalfOf'->>'person'))
  where (data->'onBehalfOf'->>'person') is not null and status in ('open', 'waiting', 'standby', 'away');
