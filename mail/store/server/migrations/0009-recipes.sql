-- The file of the recipe where a message does not stand whole, and the contents that it names. They belong to the row: a message that comes again has its own.
alter table mail_message add column recipe text;
create index mail_message_recipe on mail_message (recipe) where recipe is not null;

create table mail_message_part (
  message_id bigint not null references mail_message on delete cascade,
  part text not null,
  primary key (message_id, part)
);
create index mail_message_part_part on mail_message_part (part);
