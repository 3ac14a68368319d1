-- What a search for words looks through: fields of the headers, decoded and one a line; the text with the names of attachments.
create table mail_text (
  message_id bigint primary key references mail_message on delete cascade,
  head text not null,
  body text not null
);

-- The day in the Date field, without regard to its zone (IMAP's SENTON).
alter table mail_message add column sent_day date;
