-- The audit log. Rows are added and never touched again; each carries a MAC over itself and the row before it in its chain (docs/adr/0006-audit-chain.md).
create table audit_entry (
  id uuid not null,
  chain uuid not null,
  seq bigint not null,
  at timestamptz(3) not null,
  organisation_id uuid,
  person_id uuid,
  person_name text,
  post_id uuid,
  on_behalf_of uuid,
  action text not null,
  object_type text,
  object_id text,
  object_title text,
  result text not null check (result in ('done', 'refused', 'failed')),
  address text,
  device text,
  request_id text not null,
  -- As it was sealed, to the letter.
  difference json,
  mac bytea not null,
  primary key (chain, seq, at)
) partition by range (at);

create index audit_entry_at on audit_entry (at, id);
create index audit_entry_person on audit_entry (person_id, at, id);
create index audit_entry_action on audit_entry (action collate "C", at, id);

-- Takes rows of months whose partition was not made in time, so that no command ever fails for it.
create table audit_entry_other partition of audit_entry default;

create function audit_entry_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'audit_entry takes new rows only';
end $$;
create trigger audit_entry_insert_only before update or delete on audit_entry for each row execute function audit_entry_refuse();
create trigger audit_entry_no_truncate before truncate on audit_entry for each statement execute function audit_entry_refuse();
