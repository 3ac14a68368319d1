-- Statistics of months that are over, so that a year is read in a few lines: by process, step and unit; of each organisation, and (null) of all.
-- `buckets` and `counts`: how many took how long, in steps of a tenth (bucket b: from 1.1^b minutes on). Made anew from workflow_step at any time.
create table workflow_step_month (
  month date not null,
  kind text not null check (kind in ('process', 'step', 'unit')),
  organisation_id uuid,
  entity text not null,
  key text not null,
  name text not null,
  n integer not null,
  late integer not null,
  returned integer not null,
  buckets integer[] not null,
  counts integer[] not null
);
create index workflow_step_month_of on workflow_step_month (organisation_id, month);
create table workflow_step_kept (month date primary key);
