-- Annotations of mailboxes and, without a mailbox, of the server (RFC 5464). `account_id`: whose they are, for `/private/…` the reader, for `/shared/…` the owner of the mailbox.
create table mail_metadata (
  account_id uuid not null references mail_account on delete cascade,
  mailbox_id bigint references mail_mailbox on delete cascade,
  entry text not null check (entry = lower(entry)),
  value bytea not null,
  version bigint not null,
  unique nulls not distinct (account_id, mailbox_id, entry)
);
create index mail_metadata_mailbox on mail_metadata (mailbox_id);

-- Grows with every change of what belongs to an account; `version` of an annotation is what it was then.
alter table mail_account add column changes bigint not null default 0;
