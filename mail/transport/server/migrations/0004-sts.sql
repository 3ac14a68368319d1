-- What domains have promised about the security of their servers (MTA-STS, RFC 8461), for as long as they promised it.
create table mail_sts (
  domain text primary key,
  policy jsonb not null,
  asked_at timestamptz not null
);
