-- The compiled flows that cases pin, by hash; never changed, never deleted while a case refers to them.
create table workflow_definition (
  hash text primary key,
  entity text not null,
  ir jsonb not null,
  created_at timestamptz not null default now()
);

create table workflow_case (
  id uuid primary key,
  entity text not null,
  record_id uuid not null,
  ir text not null references workflow_definition (hash),
  status text not null,
  initiator_id uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  -- The case's own row of the core; the columns above are drawn from it.
  data jsonb not null,
  unique (entity, record_id)
);
create index workflow_case_running on workflow_case (ir) where status in ('running', 'suspended');

-- Live rows of a case: they go when the scope, token, arrival, timer or variable does.
create table workflow_live (
  case_id uuid not null references workflow_case (id),
  kind text not null check (kind in ('scopes', 'tokens', 'arrivals', 'variables')),
  id text not null,
  data jsonb not null,
  primary key (case_id, kind, id)
);

create table workflow_timer (
  case_id uuid not null references workflow_case (id),
  id text not null,
  at timestamptz not null,
  data jsonb not null,
  attempts integer not null default 0,
  error text,
  primary key (case_id, id)
);
create index workflow_timer_due on workflow_timer (at) where attempts < 10;

create table workflow_task (
  case_id uuid not null references workflow_case (id),
  id text not null,
  status text not null generated always as (data->>'status') stored,
  data jsonb not null,
  primary key (case_id, id)
);

create table workflow_actor (
  case_id uuid not null references workflow_case (id),
  id text not null,
  person_id uuid not null generated always as ((data->'who'->>'person')::uuid) stored,
  status text not null generated always as (data->>'status') stored,
  data jsonb not null,
  primary key (case_id, id)
);
create index workflow_actor_open on workflow_actor (person_id) where status in ('open', 'waiting', 'standby');

create table workflow_reading (
  case_id uuid not null references workflow_case (id),
  id text not null,
  person_id uuid not null generated always as ((data->'who'->>'person')::uuid) stored,
  data jsonb not null,
  primary key (case_id, id)
);

-- What happened, in order; appended, never changed.
create table workflow_event (
  case_id uuid not null references workflow_case (id),
  seq integer not null,
  at timestamptz not null,
  kind text not null,
  data jsonb not null,
  primary key (case_id, seq)
);
