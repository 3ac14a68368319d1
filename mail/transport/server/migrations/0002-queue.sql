-- Keys that sign mail of a domain (RFC 6376); private ones are encrypted with a key of the data folder. One is active; older ones stay in DNS until removed.
create table mail_dkim_key (
  domain text not null check (domain = lower(domain)),
  selector text not null,
  private_key bytea not null,
  public_key text not null,
  state text not null default 'prepared' check (state in ('prepared', 'active', 'retired')),
  created_at timestamptz not null,
  primary key (domain, selector)
);
create unique index mail_dkim_key_active on mail_dkim_key (domain) where state = 'active';
