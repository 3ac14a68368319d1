-- How often something is tried is a setting: what has failed too often says so itself.
alter table workflow_timer add column dead boolean not null default false;
update workflow_timer set dead = true where attempts >= 10;
drop index workflow_timer_due, workflow_timer_dead;
create index workflow_timer_due on workflow_timer (at) where not dead;
create index workflow_timer_dead on workflow_timer (case_id) where dead;
alter table workflow_start add column dead boolean not null default false;
update workflow_start set dead = true where attempts >= 10;
drop index workflow_start_due;
create index workflow_start_due on workflow_start ((coalesce(retry_at, at))) where at is not null and not dead;
