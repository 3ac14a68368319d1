-- One row for each event and listener; it goes with the listener's commit, and stays with its error when all attempts failed.
create table events_outbox (
  id bigint generated always as identity primary key,
  type text not null,
  listener text not null,
  key text,
  data jsonb not null,
  created_at timestamptz not null default now(),
  due_at timestamptz not null default now(),
  attempts integer not null default 0,
  error text,
  dead_at timestamptz
);
create index events_outbox_due on events_outbox (due_at, id) where dead_at is null;
create index events_outbox_key on events_outbox (listener, key, id) where dead_at is null and key is not null;
create index events_outbox_dead on events_outbox (id) where dead_at is not null;
