-- One message as it was taken over, by whatever way; `received` is the trace line that goes in front of it when it leaves (RFC 5321 4.4).
create table mail_submission (
  id uuid primary key,
  way text not null check (way in ('smtp', 'submission', 'lmtp', 'web', 'system')),
  account_id uuid references mail_account on delete set null,
  sender text not null,
  message_id bigint references mail_message on delete set null,
  size bigint not null,
  envelope_id text,
  returns text check (returns in ('FULL', 'HDRS')),
  utf8 boolean not null default false,
  received text not null,
  -- What was found about the sender: SPF, DKIM, DMARC, ARC, spam, viruses.
  verdict jsonb,
  -- Of envelope and octets: the same message again before its answer was given is the same one.
  fingerprint text not null,
  answered boolean not null default false,
  created_at timestamptz not null
);
create index mail_submission_unanswered on mail_submission (fingerprint) where not answered;
create index mail_submission_message on mail_submission (message_id);
create index mail_submission_created on mail_submission (created_at);

-- Every step of every recipient, in order.
create table mail_trace (
  id bigint generated always as identity primary key,
  submission_id uuid not null references mail_submission on delete cascade,
  recipient text not null,
  step text not null check (step in ('accepted', 'expanded', 'held', 'released', 'refused', 'delivered', 'queued', 'deferred', 'relayed', 'failed', 'expired', 'cancelled', 'reported')),
  detail jsonb not null default '{}',
  at timestamptz not null
);
create index mail_trace_submission on mail_trace (submission_id, id);

-- A recipient that waits for somebody's word; its message goes on, or back.
create table mail_hold (
  id bigint generated always as identity primary key,
  submission_id uuid not null references mail_submission on delete cascade,
  message_id bigint not null references mail_message,
  recipient text not null,
  notify text[],
  original text,
  reason text not null,
  state text not null default 'held' check (state in ('held', 'released', 'refused')),
  created_at timestamptz not null,
  decided_at timestamptz
);
create index mail_hold_open on mail_hold (created_at) where state = 'held';

-- What still has to leave. A row is one recipient; a process that works on it holds a lease.
create table mail_queue (
  id bigint generated always as identity primary key,
  submission_id uuid not null references mail_submission,
  message_id bigint not null references mail_message,
  sender text not null,
  recipient text not null,
  domain text not null,
  notify text[],
  original text,
  state text not null default 'waiting' check (state in ('waiting', 'held')),
  due_at timestamptz not null,
  lease_until timestamptz,
  attempts integer not null default 0,
  warned boolean not null default false,
  last_reply text,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index mail_queue_due on mail_queue (due_at) where state = 'waiting';
create index mail_queue_domain on mail_queue (domain, due_at) where state = 'waiting';
create index mail_queue_submission on mail_queue (submission_id);

-- One conversation with another server about one recipient.
create table mail_attempt (
  id bigint generated always as identity primary key,
  submission_id uuid not null references mail_submission on delete cascade,
  recipient text not null,
  host text not null,
  tls text,
  reply text not null,
  outcome text not null check (outcome in ('relayed', 'deferred', 'failed')),
  took_ms integer not null,
  at timestamptz not null
);
create index mail_attempt_submission on mail_attempt (submission_id, id);

-- Reports and automatic replies that are owed; made and removed in one transaction.
create table mail_report (
  id bigint generated always as identity primary key,
  submission_id uuid not null references mail_submission on delete cascade,
  kind text not null check (kind in ('failed', 'delayed', 'delivered', 'relayed', 'vacation')),
  recipient text not null,
  original text,
  reply text,
  account_id uuid references mail_account on delete cascade,
  due_at timestamptz not null,
  attempts integer not null default 0
);
create index mail_report_due on mail_report (due_at);

-- An address that stands for several.
create table mail_list (
  id uuid primary key,
  address text not null unique check (address = lower(address)),
  name text not null,
  -- Who may write to it.
  posting text not null default 'inside' check (posting in ('anyone', 'inside', 'members')),
  active boolean not null default true
);
create table mail_list_member (
  list_id uuid not null references mail_list on delete cascade,
  address text not null check (address = lower(address)),
  primary key (list_id, address)
);

create table mail_forward (
  account_id uuid not null references mail_account on delete cascade,
  address text not null,
  keep_copy boolean not null default true,
  primary key (account_id, address)
);

create table mail_vacation (
  account_id uuid primary key references mail_account on delete cascade,
  active boolean not null default false,
  starts_at timestamptz,
  ends_at timestamptz,
  subject text not null,
  body text not null,
  every_days integer not null default 7 check (every_days between 1 and 90)
);
create table mail_vacation_sent (
  account_id uuid not null references mail_account on delete cascade,
  sender text not null,
  at timestamptz not null,
  primary key (account_id, sender)
);

-- Addresses an account may send as besides its own.
create table mail_send_right (
  account_id uuid not null references mail_account on delete cascade,
  address text not null check (address = lower(address)),
  primary key (account_id, address)
);

-- Which domains are ours is asked for every recipient.
create index mail_address_domain on mail_address (split_part(address, '@', 2));
create index mail_list_domain on mail_list (split_part(address, '@', 2));
