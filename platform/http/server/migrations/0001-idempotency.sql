-- Answers of commands by the key their caller chose, so that a repeated click or a resent request does nothing twice.
create table http_idempotency (
  account_id uuid not null,
  key text not null check (length(key) between 8 and 100),
  request_hash text not null,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (account_id, key)
);
create index http_idempotency_age on http_idempotency (created_at);
