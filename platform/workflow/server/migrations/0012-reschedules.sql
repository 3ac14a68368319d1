-- What a changed calendar did to open limits, for whoever manages the flows of an organisation: appended, never changed.
create table workflow_reschedule (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  organisation_id uuid,
  case_id uuid not null references workflow_case (id),
  entity text not null,
  record_id uuid not null,
  step text not null,
  old_due timestamptz not null,
  new_due timestamptz not null
);
create index workflow_reschedule_latest on workflow_reschedule (organisation_id, id desc);
