-- Mailboxes brought over from another server by IMAP, many in one go.
create table mail_migration (
  id uuid primary key,
  title text not null,
  host text not null,
  port integer not null,
  security text not null check (security in ('tls', 'starttls', 'none')),
  any_certificate boolean not null,
  state text not null default 'running' check (state in ('running', 'paused', 'ended')),
  created_at timestamptz not null,
  created_by text not null,
  ended_at timestamptz
);

-- One account of it. The password is encrypted with a key of the data folder and erased when the account is through or the whole is ended.
-- `progress`: by path of the other server how far it has been read; a process that works on it holds a lease.
create table mail_migration_account (
  id bigint generated always as identity primary key,
  migration_id uuid not null references mail_migration on delete cascade,
  account_id uuid not null,
  address text not null,
  login text not null,
  password bytea,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'ended')),
  lease_until timestamptz,
  lease_by text,
  due_at timestamptz not null,
  attempts integer not null default 0,
  progress jsonb not null default '{}',
  total integer,
  added integer not null default 0,
  there integer not null default 0,
  octets bigint not null default 0,
  mailbox text,
  error text,
  compared jsonb,
  started_at timestamptz,
  ended_at timestamptz,
  unique (migration_id, account_id)
);
create index mail_migration_account_due on mail_migration_account (due_at) where state in ('waiting', 'running');

-- Contents seen at the other server, by the mailbox they belong into here: for the comparison at the end, then gone.
create table mail_migration_seen (
  account_id bigint not null references mail_migration_account on delete cascade,
  mailbox_id bigint not null,
  blob text not null,
  primary key (account_id, mailbox_id, blob)
);
