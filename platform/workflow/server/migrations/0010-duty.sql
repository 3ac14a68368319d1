-- Who is on duty (值班) on which day, for the rule 值班人员.
create table workflow_duty (
  organisation_id uuid not null,
  day date not null,
  person_id uuid not null,
  sort integer not null default 0,
  primary key (organisation_id, day, person_id)
);
-- The latest cases of a kind, to see whose turn it is.
create index workflow_case_latest on workflow_case (entity, started_at desc);
