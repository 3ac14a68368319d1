-- Events that start cases, of the published version of each model. `at`: the next due time of a timer; null: it is over, or no timer. `retry_at`: when a failing
-- start is tried again; after ten attempts it waits for the administrator.
create table workflow_start (
  entity text not null references workflow_model (entity),
  node text not null,
  event jsonb not null,
  initiator jsonb not null,
  data jsonb not null,
  at timestamptz,
  fired integer not null default 0,
  attempts integer not null default 0,
  retry_at timestamptz,
  error text,
  primary key (entity, node)
);
create index workflow_start_due on workflow_start ((coalesce(retry_at, at))) where at is not null and attempts < 10;
create index workflow_start_event on workflow_start ((event->>'type'), (event->>'name')) where event->>'type' <> 'timer';

-- Which occurrence of an event started which case: one occurrence starts one case, however often it is brought.
create table workflow_started (
  entity text not null,
  node text not null,
  occurrence text not null,
  record_id uuid,
  at timestamptz not null,
  primary key (entity, node, occurrence)
);
