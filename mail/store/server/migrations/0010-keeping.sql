-- How long a leaver's mailbox is kept; afterwards it is switched off. Null: until somebody decides.
alter table mail_account add column keep_until date;

-- What administrators have decided for all of mail; without a row the first value holds.
create table mail_setting (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null
);
