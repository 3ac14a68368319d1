-- Who has mail: a person's, an organisation's or a shared account. `used_*` are the sums of its entries, kept in the transaction that changes them.
create table mail_account (
  id uuid primary key,
  kind text not null check (kind in ('person', 'organisation', 'shared')),
  owner_id uuid,
  name text not null,
  status text not null default 'active' check (status in ('active', 'kept', 'off')),
  quota bigint not null check (quota >= 0),
  used_size bigint not null default 0 check (used_size >= 0),
  used_count integer not null default 0 check (used_count >= 0),
  created_at timestamptz not null default now()
);
create unique index mail_account_owner on mail_account (kind, owner_id) where kind <> 'shared';

-- Every address that leads to an account, in lower case.
create table mail_address (
  address text primary key check (address = lower(address)),
  account_id uuid not null references mail_account on delete cascade,
  is_primary boolean not null default false
);
create unique index mail_address_primary on mail_address (account_id) where is_primary;

-- UIDs and MODSEQs are given out from this row while it is locked to the end of the transaction: order of visibility is order of numbers.
create table mail_mailbox (
  id bigint generated always as identity primary key,
  account_id uuid not null references mail_account on delete cascade,
  name text not null check (length(name) between 1 and 500),
  special text check (special in ('Archive', 'Drafts', 'Junk', 'Sent', 'Trash')),
  subscribed boolean not null default true,
  uid_validity bigint not null,
  uid_next bigint not null default 1,
  modseq bigint not null default 1,
  messages integer not null default 0 check (messages >= 0),
  unseen integer not null default 0 check (unseen >= 0),
  deleted integer not null default 0 check (deleted >= 0),
  size bigint not null default 0 check (size >= 0),
  unique (account_id, name)
);

-- One raw message, kept once whatever the number of its recipients; told as IMAP tells it without opening its octets.
create table mail_message (
  id bigint generated always as identity primary key,
  blob text not null,
  size bigint not null,
  envelope text not null,
  structure text not null,
  body text not null,
  parts jsonb not null,
  subject text not null,
  sender text not null,
  rfc_id text,
  sent_at timestamptz,
  preview text not null,
  arrived_at timestamptz not null default now()
);
create index mail_message_blob on mail_message (blob);

-- A message in a mailbox. System flags are bits: 1 seen, 2 answered, 4 flagged, 8 deleted, 16 draft.
create table mail_entry (
  mailbox_id bigint not null references mail_mailbox on delete cascade,
  uid bigint not null,
  message_id bigint not null references mail_message,
  modseq bigint not null,
  flags smallint not null default 0,
  keywords text[] not null default '{}',
  size bigint not null,
  internal_at timestamptz not null,
  saved_at timestamptz not null,
  primary key (mailbox_id, uid)
);
create index mail_entry_modseq on mail_entry (mailbox_id, modseq);
create index mail_entry_message on mail_entry (message_id);

-- UIDs that are gone, for clients that come back later (QRESYNC).
create table mail_tombstone (
  mailbox_id bigint not null references mail_mailbox on delete cascade,
  uid bigint not null,
  modseq bigint not null,
  at timestamptz not null,
  primary key (mailbox_id, uid)
);
create index mail_tombstone_modseq on mail_tombstone (mailbox_id, modseq);
