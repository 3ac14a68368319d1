-- Organisations and shared accounts by the level that stands for them among the mailboxes of others.
create index mail_account_level on mail_account (translate(name, '/%*', '／％＊')) where kind <> 'person';
