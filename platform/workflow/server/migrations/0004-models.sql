-- Models of the flows that run, one for each kind of record; its versions are the flow as the product brings it and what administrators upload.
create table workflow_model (
  entity text primary key,
  title text not null,
  last_number integer not null default 0,
  created_at timestamptz not null default now()
);

-- The form a version was checked against, by what its fields are; kept, so that it can be told what has changed since.
create table workflow_form (
  entity text not null,
  version text not null,
  fields jsonb not null,
  created_at timestamptz not null default now(),
  primary key (entity, version)
);

create table workflow_model_version (
  entity text not null references workflow_model (entity),
  number integer not null,
  kind text not null check (kind in ('module', 'uploaded')),
  title text not null,
  state text not null check (state in ('draft', 'published', 'retired')),
  xml text not null,
  -- Null while findings keep it from running.
  ir text references workflow_definition (hash),
  form text not null,
  findings jsonb not null,
  note text,
  created_at timestamptz not null,
  created_by uuid,
  created_name text,
  published_at timestamptz,
  published_by uuid,
  published_name text,
  primary key (entity, number),
  check (state <> 'published' or ir is not null)
);
create unique index workflow_model_version_published on workflow_model_version (entity) where state = 'published';
create index workflow_model_version_ir on workflow_model_version (ir);

-- What was done to versions, in order; appended, never changed.
create table workflow_model_act (
  id bigint generated always as identity primary key,
  entity text not null references workflow_model (entity),
  number integer not null,
  act text not null check (act in ('arrive', 'upload', 'publish', 'roll-back', 'retire', 'discard')),
  note text,
  at timestamptz not null,
  by_id uuid,
  by_name text
);
create index workflow_model_act_of on workflow_model_act (entity, id);

-- A version that ran once stays as it was: cases, pictures and comparisons refer to it.
create function workflow_model_version_keep() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.state <> 'draft' then raise exception 'a version that was published is never deleted'; end if;
    return old;
  end if;
  if old.state <> 'draft' and (new.state = 'draft' or (new.kind, new.title, new.xml, new.ir, new.form) is distinct from (old.kind, old.title, old.xml, old.ir, old.form)) then
    raise exception 'a version that was published is never changed';
  end if;
  return new;
end $$;
create trigger workflow_model_version_keep before update or delete on workflow_model_version for each row execute function workflow_model_version_keep();
