-- What was found about the signature of a message when it arrived, and what a later look found; most messages have no row.
create table mail_signature (
  message_id bigint primary key references mail_message on delete cascade,
  verdict jsonb not null,
  checked_at timestamptz not null,
  again jsonb,
  again_at timestamptz
);

-- Issuers of certificates that administrators trust for signatures of mail; `list_*`: the last list of revoked certificates of that issuer.
create table mail_trust_anchor (
  id uuid primary key,
  der bytea not null,
  name text not null,
  issuer text not null,
  fingerprint text not null unique,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  list_from timestamptz,
  list_to timestamptz,
  added_at timestamptz not null,
  added_by text not null
);

-- Serial numbers, hexadecimal in capitals, that the issuer has revoked.
create table mail_trust_revoked (
  anchor_id uuid not null references mail_trust_anchor on delete cascade,
  serial text not null,
  primary key (anchor_id, serial)
);
