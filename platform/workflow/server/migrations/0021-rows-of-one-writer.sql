-- These rows are written by one statement together with the row of their case (`writeChanges`), so nothing is left for a foreign key to find; checking
-- it for each of the ten rows of an act cost a tenth of the act.
alter table workflow_event drop constraint workflow_event_case_id_fkey1;
alter table workflow_live drop constraint workflow_live_case_id_fkey;
alter table workflow_task drop constraint workflow_task_case_id_fkey;
alter table workflow_actor drop constraint workflow_actor_case_id_fkey;
alter table workflow_step drop constraint workflow_step_case_id_fkey;
