-- Organisations and their inner departments. Closed units stay, with their successor.
create table org_unit (
  id uuid primary key,
  parent_id uuid references org_unit,
  name text not null check (name <> ''),
  short_name text not null check (short_name <> ''),
  kind text not null,
  is_organisation boolean not null,
  organisation_id uuid not null references org_unit deferrable initially deferred,
  -- 统一社会信用代码 (GB 32100), or the district's own code
  code text unique,
  -- 机关代字
  doc_code text,
  sort integer not null default 0,
  -- The sort values from the root down to here: orders whole subtrees.
  sort_path integer[] not null,
  valid_from date not null,
  valid_to date,
  successor_id uuid references org_unit,
  check (valid_to is not null or successor_id is null),
  check (parent_id <> id)
);
create unique index org_unit_sibling_name on org_unit (parent_id, name) where valid_to is null;
create index org_unit_children on org_unit (parent_id, sort_path);
create index org_unit_organisations on org_unit (sort_path) where is_organisation and valid_to is null;

create table org_unit_closure (
  ancestor_id uuid not null references org_unit,
  descendant_id uuid not null references org_unit,
  depth integer not null check (depth >= 0),
  primary key (ancestor_id, descendant_id)
);
create index org_unit_closure_up on org_unit_closure (descendant_id, depth);

-- What a unit was called and where it stood before each change.
create table org_unit_change (
  id bigint generated always as identity primary key,
  unit_id uuid not null references org_unit,
  kind text not null check (kind in ('renamed', 'moved', 'closed')),
  at timestamptz not null,
  by_person uuid,
  former_name text not null,
  former_short_name text not null,
  former_parent_id uuid,
  successor_id uuid
);
create index org_unit_change_unit on org_unit_change (unit_id, id);

create table org_person (
  id uuid primary key,
  name text not null check (name <> ''),
  phone text,
  office_phone text,
  -- 三员分立: one family of roles for each person, which grants must match.
  role_family text not null default 'business' check (role_family in ('business', 'system', 'security', 'audit')),
  left_at date,
  unique (id, role_family)
);
create index org_person_name on org_person (name);
create index org_person_phone on org_person (phone) where phone is not null;

-- Beginnings under which a person is found: tails of the name, of its pinyin and initials from each syllable on, and of the phone number.
create table org_person_key (
  key text collate "C" not null,
  person_id uuid not null references org_person on delete cascade,
  weight smallint not null,
  primary key (key, person_id)
);
create index org_person_key_person on org_person_key (person_id);

create table org_unit_key (
  key text collate "C" not null,
  unit_id uuid not null references org_unit on delete cascade,
  weight smallint not null,
  primary key (key, unit_id)
);
create index org_unit_key_unit on org_unit_key (unit_id);

create table org_post (
  id uuid primary key,
  person_id uuid not null references org_person,
  unit_id uuid not null references org_unit,
  kind text not null check (kind in ('主职', '兼任', '挂职', '借调', '主持工作')),
  title text not null,
  -- The post people act in after signing in.
  main boolean not null,
  -- 领导职务 and 职级, and the higher of both as a number
  duty_rank text,
  grade_rank text,
  level integer not null,
  -- Place in the order of the district's leaders; null for everybody else.
  leader_order integer,
  sort integer not null default 0,
  valid_from date not null,
  valid_to date,
  check (valid_to >= valid_from),
  unique (id, person_id)
);
create unique index org_post_main on org_post (person_id) where main and valid_to is null;
create index org_post_person on org_post (person_id);
create index org_post_unit on org_post (unit_id);

-- 分管 and 联系: leaders in charge of units.
create table org_oversight (
  person_id uuid not null references org_person,
  unit_id uuid not null references org_unit,
  relation text not null check (relation in ('分管', '联系')),
  primary key (person_id, unit_id, relation)
);
create index org_oversight_unit on org_oversight (unit_id);

-- A role held in one post, or in every post when none is named, with the unit from which its scope is measured.
create table org_role_grant (
  id uuid primary key default gen_random_uuid(),
  person_id uuid not null,
  post_id uuid,
  role text not null,
  unit_id uuid not null references org_unit,
  valid_to date,
  family text not null generated always as (
    case role when 'system-admin' then 'system' when 'security-admin' then 'security' when 'auditor' then 'audit' else 'business' end
  ) stored,
  -- Both keys hold 三员分立 against every way of writing: a person's grants are all of her one family.
  foreign key (person_id, family) references org_person (id, role_family),
  foreign key (post_id, person_id) references org_post (id, person_id),
  unique nulls not distinct (person_id, post_id, role, unit_id)
);
create index org_role_grant_unit on org_role_grant (unit_id, role);

-- Posts a person chose lately: pickers offer them first.
create table org_recent (
  person_id uuid not null,
  post_id uuid not null references org_post on delete cascade,
  at timestamptz not null,
  primary key (person_id, post_id)
);
