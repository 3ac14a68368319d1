-- What an expunged message was, for sessions that have not been told that it is gone: they read it until they are. Without `message_id` nobody does.
alter table mail_tombstone
  add column message_id bigint,
  add column flags smallint not null default 0,
  add column keywords text[] not null default '{}',
  add column internal_at timestamptz,
  add column saved_at timestamptz;
