create table documents_incoming (
  id uuid primary key,
  organisation_id uuid not null,
  unit_id uuid not null,
  created_by uuid not null,
  created_post uuid not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by uuid not null,
  version integer not null,
  state text not null,
  number text,
  title text not null,
  case_id uuid,
  ext jsonb not null default '{}',
  source text,
  sender_organisation uuid,
  sender text,
  sender_number text,
  subject text,
  doc_type text,
  category text,
  urgency text,
  secrecy text,
  issued_on date,
  received_at timestamptz,
  copies numeric(18,0),
  main uuid[],
  attachments uuid[],
  kind text,
  due_on date,
  proposal text,
  leaders uuid[],
  lead uuid,
  assist uuid[],
  readers uuid[],
  result text
);
create unique index documents_incoming_number on documents_incoming (organisation_id, number) where number is not null;
create index documents_incoming_created on documents_incoming (created_at desc, id desc);
create index documents_incoming_due on documents_incoming (due_on) where state not in ('done', 'returned', 'recalled', 'stopped');

-- What an organisation sent out, as it was sent: later recipients get exactly the same.
create table documents_dispatch (
  outgoing_id uuid primary key,
  sender_organisation_id uuid not null,
  sent_by uuid,
  sent_at timestamptz not null,
  document jsonb not null
);

-- One row for each time a document was delivered to an organisation.
create table documents_delivery (
  id uuid primary key,
  outgoing_id uuid not null references documents_dispatch,
  organisation_id uuid not null,
  role text not null check (role in ('main', 'copy')),
  incoming_id uuid not null unique references documents_incoming,
  delivered_at timestamptz not null,
  signed_at timestamptz,
  signed_by uuid,
  signed_by_name text,
  returned_at timestamptz,
  return_reason text,
  recalled_at timestamptz,
  recall_reason text,
  done_at timestamptz,
  urged_at timestamptz,
  urged integer not null default 0,
  check ((signed_at is null) = (signed_by is null)),
  check (signed_at is null or recalled_at is null)
);
create unique index documents_delivery_open on documents_delivery (outgoing_id, organisation_id) where returned_at is null and recalled_at is null;
create index documents_delivery_outgoing on documents_delivery (outgoing_id, delivered_at);

-- Working days an organisation gives itself for documents of an urgency, in place of the usual ones.
create table documents_time_limit (
  organisation_id uuid not null,
  urgency text not null check (urgency in ('normal', 'urgent', 'most-urgent')),
  workdays integer not null check (workdays between 0 and 250),
  primary key (organisation_id, urgency)
);
