-- Looks in a row at which a scanner gave no answer; those who run the system are told after a few.
alter table mail_scanner add column misses integer not null default 0;
