-- Steps that are over, one narrow row each, for statistics over long periods. Written with the task.
create table workflow_step (
  case_id uuid not null references workflow_case (id),
  task_id integer not null,
  entity text not null,
  node text not null,
  name text not null,
  organisation_id uuid,
  unit_id uuid,
  status text not null,
  closed_at timestamptz not null,
  hours double precision not null,
  late boolean not null,
  primary key (case_id, task_id)
);
insert into workflow_step
select t.case_id, t.id::int, c.entity, t.data->>'node', t.data->>'name', c.organisation_id, c.unit_id, t.data->>'status', to_timestamp((t.data->>'closedAt')::double precision / 1000),
  ((t.data->>'closedAt')::double precision - (t.data->>'openedAt')::double precision) / 3600000, coalesce((t.data->>'closedAt')::bigint > (t.data->>'due')::bigint, false)
from workflow_task t join workflow_case c on c.id = t.case_id where t.data->>'closedAt' is not null and t.data->>'why' <> 'start';
create index workflow_step_managed on workflow_step (organisation_id, closed_at);
create index workflow_step_closed on workflow_step (closed_at);
create index workflow_case_closed on workflow_case (ended_at) where status = 'ended';
