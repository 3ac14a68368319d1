-- Signature pictures (签名): one registered by each person who likes, and those written by hand for one act. Kept as long as an act refers to them.
create table workflow_signature (
  id uuid primary key,
  person_id uuid not null,
  kind text not null check (kind in ('registered', 'drawn')),
  png bytea not null check (octet_length(png) <= 204800),
  sha256 text not null,
  width integer not null,
  height integer not null,
  -- Put under every opinion without being asked.
  auto boolean not null default false,
  created_at timestamptz not null,
  retired_at timestamptz
);
create unique index workflow_signature_own on workflow_signature (person_id) where kind = 'registered' and retired_at is null;

-- Which act bears which signature, and of what the document consisted then.
create table workflow_signing (
  case_id uuid not null references workflow_case (id),
  actor_id integer not null,
  signature_id uuid not null references workflow_signature (id),
  person_id uuid not null,
  record_version integer not null,
  document_hash text not null,
  at timestamptz not null,
  primary key (case_id, actor_id)
);
