-- Each change of a year is a version; `days` keeps what held from then on.
create table calendar_version (
  id integer generated always as identity primary key,
  year integer not null,
  confirmed boolean not null,
  days jsonb not null,
  changed_at timestamptz not null,
  changed_by uuid
);
create index calendar_version_year on calendar_version (year, id desc);
-- The days of the years' last versions.
create table calendar_day (
  date date primary key,
  kind text not null check (kind in ('work', 'rest', 'holiday')),
  name text not null,
  source text not null,
  provisional boolean not null
);
-- layer: 'district' or an organisation's id; from_day: MM-DD from which the hours hold each year; windows: [{from, to}] in minutes since midnight.
create table calendar_hours (
  layer text not null,
  from_day text not null check (from_day ~ '^\d\d-\d\d$'),
  windows jsonb not null,
  primary key (layer, from_day)
);
