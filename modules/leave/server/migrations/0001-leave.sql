create table leave_request (
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
  ext jsonb,
  applicant uuid,
  kind text,
  period_start date,
  period_start_half text,
  period_end date,
  period_end_half text,
  days numeric(18,2),
  place text,
  destination text,
  reason text,
  stand_in uuid,
  proof uuid[],
  continued_by text
);
create index leave_request_person on leave_request (applicant, period_start);
create index leave_request_open on leave_request (organisation_id, period_start) where state in ('approved', 'away', 'to-report');

-- What was approved, as it stood then: later changes are measured against it.
create table leave_grant (
  request_id uuid primary key references leave_request (id),
  period jsonb not null,
  days numeric(6,1) not null,
  at timestamptz not null,
  -- Days since the end at which an alarm went out: 逾期未销假.
  alarmed integer not null default 0
);

-- The accounts of leave: lines are only added, a balance is their sum.
create table leave_entry (
  id bigint generated always as identity primary key,
  organisation_id uuid not null,
  person_id uuid not null,
  kind text not null,
  year integer not null,
  type text not null check (type in ('grant', 'use', 'give-back', 'carry-out', 'carry-in', 'expire', 'pay-out', 'adjust')),
  days numeric(6,1) not null check (days <> 0 and days * 2 = trunc(days * 2)),
  "on" date not null,
  reason text not null,
  request_id uuid references leave_request (id),
  written_by uuid,
  written_at timestamptz not null
);
create index leave_entry_account on leave_entry (person_id, kind, year);
create index leave_entry_organisation on leave_entry (organisation_id, year);

-- 参加工作时间: what annual leave is counted from.
create table leave_service (
  person_id uuid primary key,
  worked_since date not null,
  changed_by uuid,
  changed_at timestamptz not null
);

-- What an organisation changed of the rules: `approval`, `kinds`, `rules`. Without a row the defaults of `rules/` hold.
create table leave_setting (
  organisation_id uuid not null,
  name text not null check (name in ('approval', 'kinds', 'rules')),
  value jsonb not null,
  version integer not null,
  changed_by uuid not null,
  changed_at timestamptz not null,
  primary key (organisation_id, name)
);
