-- The log of what happened, by month: old months can be taken off and put back without touching cases under way.
alter table workflow_event rename to workflow_event_whole;
alter index workflow_event_pkey rename to workflow_event_whole_pkey;
create table workflow_event (
  case_id uuid not null references workflow_case (id),
  seq integer not null,
  at timestamptz not null,
  kind text not null,
  data jsonb not null,
  primary key (case_id, seq, at)
) partition by range (at);
-- Takes rows of months whose partition was not made in time, so that no command ever fails for it.
create table workflow_event_other partition of workflow_event default;

do $$
declare
  month timestamp;
begin
  for month in
    select generate_series(date_trunc('month', min(at) at time zone 'Asia/Shanghai'), date_trunc('month', max(at) at time zone 'Asia/Shanghai'), interval '1 month') from workflow_event_whole
  loop
    execute format('create table %I partition of workflow_event for values from (%L) to (%L)', 'workflow_event_' || to_char(month, 'YYYY_MM'), month at time zone 'Asia/Shanghai', (month + interval '1 month') at time zone 'Asia/Shanghai');
  end loop;
end $$;

insert into workflow_event (case_id, seq, at, kind, data) select case_id, seq, at, kind, data from workflow_event_whole;
drop table workflow_event_whole;
