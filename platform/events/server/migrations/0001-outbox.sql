create table events_outbox (
  id bigint generated always as identity primary key,
  type text not null,
  data jsonb not null,
  created_at timestamptz not null default now(),
  due_at timestamptz not null default now(),
  attempts integer not null default 0,
  error text
);
create index events_outbox_due on events_outbox (due_at, id) where attempts < 10;
