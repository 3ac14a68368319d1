create table dictionary_list (
  name text primary key,
  label text not null,
  module text not null
);
-- layer: 'code' as shipped, 'district', or an organisation's id. The upper layer's row replaces the one below.
create table dictionary_entry (
  dictionary text not null references dictionary_list,
  layer text not null,
  code text not null,
  label text not null,
  note text,
  disabled boolean not null default false,
  position integer not null,
  changed_at timestamptz not null,
  changed_by uuid,
  primary key (dictionary, layer, code)
);
