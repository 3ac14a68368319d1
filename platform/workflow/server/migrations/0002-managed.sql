-- Whose a case is: for those who manage the flows of an organisation. Written with each command.
alter table workflow_case add column organisation_id uuid, add column unit_id uuid;
create index workflow_case_managed on workflow_case (organisation_id, started_at, id) where status in ('running', 'suspended');
create index workflow_timer_dead on workflow_timer (case_id) where attempts >= 10;
