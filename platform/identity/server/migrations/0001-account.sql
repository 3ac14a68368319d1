-- One account for each person; the person, her posts and roles belong to the directory.
create table identity_account (
  id uuid primary key,
  person_id uuid not null unique,
  -- Folded: NFKC, lower case.
  login text not null unique check (login <> ''),
  password_hash text,
  -- When it has to be changed; null: never (demonstration).
  password_expires_at timestamptz,
  state text not null default 'active' check (state in ('active', 'disabled')),
  preferences jsonb not null default '{}',
  -- Acting post of the last session.
  last_post_id uuid,
  created_at timestamptz not null
);

create table identity_login_alias (
  alias text primary key,
  account_id uuid not null references identity_account on delete cascade
);

create table identity_password_history (
  account_id uuid not null references identity_account on delete cascade,
  password_hash text not null,
  at timestamptz not null,
  primary key (account_id, at)
);

create table identity_session (
  id uuid primary key,
  -- SHA-256 of the cookie's token: whoever reads this table cannot sign in with it.
  token_hash bytea not null unique,
  account_id uuid not null references identity_account on delete cascade,
  post_id uuid not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  address text not null,
  device text not null
);
create index identity_session_account on identity_session (account_id, last_seen_at);
create index identity_session_expired on identity_session (expires_at);

-- Attempts at passwords, counted before the password is looked at, so that parallel attempts count too.
create table identity_throttle (
  key text primary key,
  attempts integer not null,
  at timestamptz not null,
  blocked_until timestamptz not null
);
create index identity_throttle_age on identity_throttle (at);

-- Networks from which an account was signed in: attacks from elsewhere do not make these wait.
create table identity_network (
  account_id uuid not null references identity_account on delete cascade,
  network text not null,
  at timestamptz not null,
  primary key (account_id, network)
);
