-- One row for each content; its lock keeps upload and clean-up of the same content apart.
create table files_blob (
  hash text primary key check (hash ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size >= 0),
  touched_at timestamptz not null
);
create table files_file (
  id uuid primary key,
  hash text not null references files_blob,
  name text not null,
  size bigint not null,
  mime text not null,
  created_at timestamptz not null,
  created_by uuid,
  organisation_id uuid
);
create index files_file_hash on files_file (hash);
create index files_file_age on files_file (created_at);
create table files_binding (
  file_id uuid not null references files_file on delete cascade,
  object_type text not null,
  object_id text not null,
  permission text not null,
  bound_at timestamptz not null,
  primary key (file_id, object_type, object_id)
);
create index files_binding_object on files_binding (object_type, object_id);
