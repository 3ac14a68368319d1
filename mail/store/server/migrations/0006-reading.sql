-- How many files are attached, for lists; unread messages are found without looking at all others.
alter table mail_message add column attachments integer not null default 0;
create index mail_entry_unseen on mail_entry (mailbox_id, uid) where flags & 1 = 0;
