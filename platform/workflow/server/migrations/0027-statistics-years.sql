-- Years of which all months are counted, added up, so that several years are read in a few lines; `month` is the first day of either.
alter table workflow_step_month add column span text not null default 'month' check (span in ('month', 'year'));
drop index workflow_step_month_of;
create index workflow_step_month_of on workflow_step_month (organisation_id, kind, month);
-- Steps and cases of one unit or one flow in a period, which are counted one by one.
create index workflow_step_unit on workflow_step (unit_id, closed_at);
create index workflow_case_unit on workflow_case (unit_id, ended_at) where status = 'ended';
create index workflow_step_flow on workflow_step (entity, closed_at);
