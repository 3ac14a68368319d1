-- Cases that have been over for a while leave the tables of what runs: all rows of one case as one value, put back when it is acted on again.
create table workflow_history (
  case_id uuid primary key references workflow_case (id),
  at timestamptz not null,
  rows jsonb not null
);
alter table workflow_case add column archived boolean not null default false;
create index workflow_case_over on workflow_case (ended_at) where ended_at is not null and not archived;
-- Copies nobody has read yet.
create index workflow_reading_unread on workflow_reading (person_id) where data->>'readAt' is null;
create index workflow_started_at on workflow_started (at);
