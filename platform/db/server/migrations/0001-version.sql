-- Versions of facts that processes keep in memory: raised in the transaction that changes the fact, read with the query that needs it.
create table db_version (
  topic text primary key,
  version bigint not null default 1
);
insert into db_version (topic) values ('rights');
