-- year 0: the series runs on across years.
create table numbering_series (
  organisation_id uuid not null,
  series text not null,
  year integer not null,
  -- All numbers below are in the ledger.
  next integer not null default 1,
  primary key (organisation_id, series, year)
);
create table numbering_ledger (
  organisation_id uuid not null,
  series text not null,
  year integer not null,
  n integer not null check (n between 1 and 99999),
  text text not null,
  state text not null check (state in ('used', 'reserved', 'void')),
  object_type text,
  object_id text,
  reason text,
  person_id uuid,
  person_name text not null,
  at timestamptz not null,
  primary key (organisation_id, series, year, n),
  check (state <> 'used' or object_id is not null),
  check (state = 'used' or reason is not null)
);
create index numbering_ledger_object on numbering_ledger (object_id) where object_id is not null;
