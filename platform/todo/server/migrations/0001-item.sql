-- One line of somebody's boxes (待办 待阅 已办 已阅 我发起), kept apart from the workflow's own rows so that lists stay short reads however long the history grows.
create table todo_item (
  id text primary key,
  person_id uuid not null,
  box text not null check (box in ('todo', 'toread', 'done', 'read', 'mine')),
  entity text not null,
  record_id uuid not null,
  case_id uuid not null,
  title text not null,
  module_title text not null,
  step_name text not null,
  sender text not null,
  urgency smallint not null default 0 check (urgency between 0 and 2),
  at timestamptz not null,
  due timestamptz,
  whereabouts text,
  batch boolean not null default false,
  revision integer not null default 0
);
create index todo_item_list on todo_item (person_id, box, at desc, id desc);
create index todo_item_due on todo_item (person_id, due, id) where box in ('todo', 'toread') and due is not null;
create index todo_item_record on todo_item (entity, record_id);
