-- What kind of trouble it is, and the step it is at.
alter table workflow_stuck add column kind text not null default 'nobody' check (kind in ('nobody', 'unit', 'choice', 'loop', 'effect'));
alter table workflow_stuck add column step text not null default '';
