-- By recipients: refused for a virus; refused or put aside as spam.
alter table mail_day add column infected integer not null default 0, add column spam integer not null default 0;
