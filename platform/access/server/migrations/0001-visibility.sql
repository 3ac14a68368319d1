-- Who may see what, one row for each principal of an object. The primary key is the order in which lists are read: newest first for one principal.
create table access_visibility (
  entity text collate "C" not null,
  principal text collate "C" not null,
  -- Milliseconds, so that positions in lists survive the way through a page.
  sort_time timestamptz(3) not null,
  object_id uuid not null,
  primary key (entity, principal, sort_time, object_id)
);
create unique index access_visibility_object on access_visibility (object_id, principal);
