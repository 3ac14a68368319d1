-- Refused steps that only an administrator can get on with: nobody was found to do them. Written beside the command, which is rolled back; a later event of the
-- case means that it is past. No reference to the case: its row is locked by the command just then.
create table workflow_stuck (
  case_id uuid primary key,
  at timestamptz not null,
  reason text not null
);
