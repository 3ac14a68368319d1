-- A copy belongs to the account of its mailbox; in shared mailboxes others take it, too. The program is what it says of itself (RFC 2971).
alter table mail_download add column reader_id uuid references mail_account on delete set null, add column client text;
