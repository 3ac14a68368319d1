-- Ids are version 7 UUIDs: their order is that of time.
create table notify_notice (
  id uuid primary key,
  person_id uuid not null,
  kind text not null check (kind in ('todo', 'reading', 'urge', 'result', 'system')),
  title text not null,
  text text,
  link text,
  created_at timestamptz not null,
  read_at timestamptz
);
create index notify_notice_person on notify_notice (person_id, id desc);
create index notify_notice_unread on notify_notice (person_id, id) where read_at is null;
create index notify_notice_age on notify_notice (created_at);
