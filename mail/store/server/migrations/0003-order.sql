-- What SORT and THREAD compare, made at arrival: subjects without "Re:" and first mailboxes in upper case, and the ids a message refers to.
alter table mail_message
  add column base_subject text not null default '',
  add column is_reply boolean not null default false,
  add column first_from text not null default '',
  add column first_to text not null default '',
  add column first_cc text not null default '',
  add column refs text[] not null default '{}';
