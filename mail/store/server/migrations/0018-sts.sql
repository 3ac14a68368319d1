-- What other servers are told about TLS towards a domain of ours (RFC 8461): null before anything was published; 'none' takes back what was. The id changes with the policy.
alter table mail_domain
  add column sts_mode text check (sts_mode in ('none', 'testing', 'enforce')),
  add column sts_id text check (sts_id ~ '^[0-9]{14}$'),
  add check ((sts_mode is null) = (sts_id is null));
