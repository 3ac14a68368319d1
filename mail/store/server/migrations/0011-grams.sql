-- What a search for words looks up before it opens texts: short runs of characters that occur in a message, made some time after it came in.
create table mail_text_gram (
  message_id bigint primary key references mail_message on delete cascade,
  grams tsvector not null
);
create index mail_text_gram_grams on mail_text_gram using gin (grams);

-- Messages with a smaller id than this have their grams; of the last ones some may be missing.
create table mail_text_gram_state (
  id integer primary key default 1 check (id = 1),
  reached bigint not null
);
insert into mail_text_gram_state (reached) values (0);
