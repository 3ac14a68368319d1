-- Who reads an INBOX by POP3 now: one session at a time (RFC 1939 4). A session that died loses its place when its lease is over.
create table mail_maildrop (
  account_id uuid primary key references mail_account on delete cascade,
  session_id uuid not null,
  lease_until timestamptz not null
);

-- A message left the house by a protocol that does not say whether it was read: who took it first, by what way, from where.
create table mail_download (
  account_id uuid not null references mail_account on delete cascade,
  message_id bigint not null references mail_message,
  protocol text not null check (protocol in ('imap', 'pop')),
  address text not null,
  at timestamptz not null,
  primary key (account_id, message_id, protocol)
);
create index mail_download_message on mail_download (message_id);
