-- What each day brought, so that a year is read in a moment. Days are those of Shanghai.
create table mail_day (
  day date not null,
  domain text not null,
  received integer not null default 0,
  received_octets bigint not null default 0,
  sent integer not null default 0,
  sent_octets bigint not null default 0,
  relayed integer not null default 0,
  bounced integer not null default 0,
  refused integer not null default 0,
  primary key (day, domain)
);

-- Counts by what they are of: `door` (refused before a message was taken) and sign-ins are added up as they happen, the others are counted again from the traces.
create table mail_day_count (
  day date not null,
  kind text not null check (kind in ('refused', 'door', 'size', 'sign-in', 'sign-in-failed')),
  key text not null,
  n bigint not null,
  primary key (day, kind, key)
);

-- Who sent and received most.
create table mail_day_top (
  day date not null,
  kind text not null check (kind in ('sender', 'recipient')),
  address text not null,
  messages integer not null,
  octets bigint not null,
  primary key (day, kind, address)
);

-- Of all together: how long mail waited in the queue (seconds), and what the store held at the end. `at`: when it was counted.
create table mail_day_total (
  day date primary key,
  queue_half double precision,
  queue_most double precision,
  queue_longest double precision,
  accounts integer,
  messages bigint,
  used bigint,
  stored bigint,
  at timestamptz not null
);
