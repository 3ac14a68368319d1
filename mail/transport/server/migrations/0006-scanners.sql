-- How the scanners of contents were found last, by whichever process looked. `signatures`: when clamd's were made, by its own clock.
create table mail_scanner (
  id text primary key check (id in ('clamd', 'rspamd')),
  connected boolean not null,
  version text,
  signatures text,
  checked_at timestamptz not null,
  error text,
  error_at timestamptz
);
