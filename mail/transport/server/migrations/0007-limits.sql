-- How much goes to a domain of recipients; '*' for those without a row. per_minute: messages, null for as many as it takes.
create table mail_domain_limit (
  domain text primary key check (domain = lower(domain)),
  conversations smallint not null check (conversations between 1 and 50),
  per_minute integer check (per_minute between 1 and 10000)
);
-- Conversations under way in all processes; one whose lease ran out is over.
create table mail_conversation (
  domain text not null,
  slot smallint not null,
  holder uuid not null,
  lease_until timestamptz not null,
  primary key (domain, slot)
);
-- Pace of a domain with messages per minute: `ideal_at` is when the next one would go if all went evenly, none goes before `open_at`.
create table mail_domain_pace (
  domain text primary key,
  ideal_at timestamptz not null,
  open_at timestamptz not null
);
