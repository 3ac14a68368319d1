-- Servers that were told to come back: by network, sender and recipient. `passed_at`: when they did last.
create table mail_greylist (
  network text not null,
  sender text not null,
  recipient text not null,
  first_at timestamptz not null,
  passed_at timestamptz,
  primary key (network, sender, recipient)
);
create index mail_greylist_passed on mail_greylist (network, passed_at) where passed_at is not null;
