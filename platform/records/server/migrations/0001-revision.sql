-- What every save of a record changed; structured values (document bodies) are kept whole, so that any two versions can be compared.
create table records_revision (
  entity text not null,
  record_id uuid not null,
  version integer not null,
  at timestamptz not null,
  person_id uuid,
  changes jsonb not null,
  primary key (entity, record_id, version)
);
