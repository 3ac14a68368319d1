-- Servers an administrator has switched off or on again; without a row a server is as the settings say.
create table mail_port (
  id text primary key,
  is_on boolean not null,
  changed_at timestamptz not null,
  changed_by text not null
);

-- What each process told last about its ports; a process that has gone silent is not counted.
create table mail_port_state (
  process text not null,
  id text not null,
  port integer not null,
  state text not null check (state in ('listening', 'failed', 'off')),
  reason text,
  open integer not null,
  last_error text,
  last_error_at timestamptz,
  at timestamptz not null,
  primary key (process, id)
);

-- Certificates of the mail servers; private keys are encrypted with a key of the data folder. One is in use.
create table mail_certificate (
  id uuid primary key,
  chain text not null,
  private_key bytea not null,
  names text[] not null,
  subject text not null,
  issuer text not null,
  fingerprint text not null unique,
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  is_active boolean not null default false,
  uploaded_at timestamptz not null,
  uploaded_by text not null
);
create unique index mail_certificate_active on mail_certificate (is_active) where is_active;
