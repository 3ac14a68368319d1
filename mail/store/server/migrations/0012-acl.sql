-- Who may do what in a mailbox, besides its owner (RFC 4314): 'anyone', 'account:<id>' or 'unit:<id>'; a negative row takes away. Letters in the order of RFC 4314.
create table mail_mailbox_acl (
  mailbox_id bigint not null references mail_mailbox on delete cascade,
  subject text not null check (subject = 'anyone' or subject ~ '^(account|unit):[0-9a-f-]{36}$'),
  negative boolean not null default false,
  rights text not null check (rights ~ '^l?r?s?w?i?p?k?x?t?e?a?$'),
  primary key (mailbox_id, subject, negative)
);
create index mail_mailbox_acl_subject on mail_mailbox_acl (subject);

-- Accounts of the people of units that rights were given to: those with a post in the unit or its departments, as the directory says.
create table mail_unit_member (
  unit_id uuid not null,
  account_id uuid not null references mail_account on delete cascade,
  primary key (unit_id, account_id)
);
create index mail_unit_member_account on mail_unit_member (account_id);

-- Subscriptions to mailboxes of other accounts, where they differ from what holds at first.
create table mail_subscription (
  account_id uuid not null references mail_account on delete cascade,
  mailbox_id bigint not null references mail_mailbox on delete cascade,
  subscribed boolean not null,
  primary key (account_id, mailbox_id)
);
