-- What an organisation decided about a drafting rule, in place of the usual: it stops a draft, is a hint only, or is not asked.
create table documents_rule_severity (
  organisation_id uuid not null,
  rule text not null,
  severity text not null check (severity in ('stop', 'hint', 'off')),
  primary key (organisation_id, rule)
);
