-- For whom somebody stands in, or who may act in somebody's place.
alter table todo_item add column agency text;
