-- Domains whose mail is ours; new addresses are given in the default one.
create table mail_domain (
  name text primary key check (name = lower(name)),
  is_default boolean not null default false,
  created_at timestamptz not null
);
create unique index mail_domain_default on mail_domain (is_default) where is_default;

-- Where an address comes from: the login, the spelling of the name, an earlier primary address, or an administrator's hand.
alter table mail_address
  add column kind text not null default 'manual' check (kind in ('login', 'pinyin', 'former', 'manual')),
  add column created_at timestamptz not null default now();

-- `login` is that of the owner in the platform; a quota set by hand stays when the rank changes; salt and rounds are those of all application passwords.
alter table mail_account
  add column login text,
  add column quota_fixed boolean not null default false,
  add column status_at timestamptz,
  add column scram_salt bytea,
  add column scram_iterations integer;
create unique index mail_account_login on mail_account (login) where login is not null;
create index mail_account_name on mail_account (name);

-- Who reads an account that is not his own, and whether he writes in its name.
create table mail_account_right (
  account_id uuid not null references mail_account on delete cascade,
  person_id uuid not null,
  may_send boolean not null default false,
  source text not null check (source in ('role', 'manual', 'hand-over')),
  granted_at timestamptz not null,
  primary key (account_id, person_id)
);
create index mail_account_right_person on mail_account_right (person_id);

-- Passwords for programs: shown once, kept as keys of SCRAM-SHA-256 (RFC 5803) from which they cannot be found.
create table mail_app_password (
  id uuid primary key,
  account_id uuid not null references mail_account on delete cascade,
  name text not null,
  protocols text[] not null,
  stored_key bytea not null,
  server_key bytea not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  last_address text
);
create index mail_app_password_account on mail_app_password (account_id);

-- Quotas that differ from those of the installation, by band of ranks.
create table mail_quota_band (
  band text primary key,
  quota bigint not null check (quota > 0)
);
