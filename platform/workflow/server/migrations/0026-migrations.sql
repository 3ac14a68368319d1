-- Migrations of running cases to another version, with what became of each case, to be read later.
create table workflow_migration (
  id uuid primary key,
  entity text not null,
  from_ir text not null references workflow_definition (hash),
  to_ir text not null references workflow_definition (hash),
  reason text not null,
  at timestamptz not null,
  by_id uuid not null,
  by_name text not null
);
create index workflow_migration_latest on workflow_migration (at desc, id desc);
create table workflow_migrated (
  migration_id uuid not null references workflow_migration (id),
  case_id uuid not null,
  title text not null,
  problem text,
  moves jsonb not null,
  primary key (migration_id, case_id)
);
