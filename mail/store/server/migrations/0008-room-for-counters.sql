-- Counters change with every message: pages keep room for a row's next version, so that no index has to follow it.
alter table mail_mailbox set (fillfactor = 75);
alter table mail_account set (fillfactor = 75);
