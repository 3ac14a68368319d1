-- Searchable text of records; who may see one is decided by the visibility of the record itself.
create table search_document (
  entity text not null,
  id uuid not null,
  permission text not null,
  title text not null,
  body text not null,
  at timestamptz not null,
  tokens tsvector not null,
  primary key (entity, id)
);
create index search_document_tokens on search_document using gin (tokens);
