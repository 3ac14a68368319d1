-- pairs: all pairs of neighbouring characters of `folded`, without positions; folded: what a query's words must really occur in.
create table search_document (
  entity text not null,
  id uuid not null,
  permission text not null,
  title text not null,
  text text not null,
  folded text not null,
  pairs tsvector not null,
  at timestamptz not null,
  primary key (entity, id)
);
create index search_document_pairs on search_document using gin (pairs);
