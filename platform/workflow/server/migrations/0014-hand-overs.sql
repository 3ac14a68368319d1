-- What a leaver's open work went to whom: appended, never changed.
create table workflow_hand_over (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  by_person uuid not null,
  from_person uuid not null,
  to_person uuid not null,
  case_id uuid not null references workflow_case (id),
  entity text not null,
  record_id uuid not null,
  step text not null,
  reason text not null
);
create index workflow_hand_over_from on workflow_hand_over (from_person, id desc);
