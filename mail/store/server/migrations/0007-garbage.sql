-- When a message was found to be in no mailbox, no queue and no hold; it goes some days later.
alter table mail_message add column unused_since timestamptz;
create index mail_message_unused on mail_message (unused_since) where unused_since is not null;

-- Tombstones up to this MODSEQ are gone: whoever asks from before it is told of all UIDs that are not there.
alter table mail_mailbox add column forgotten_modseq bigint not null default 0;
create index mail_tombstone_at on mail_tombstone (at);
