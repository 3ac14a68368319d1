-- What a case waits for besides persons are live rows too; found by the name of the message or signal.
alter table workflow_live drop constraint workflow_live_kind_check;
alter table workflow_live add constraint workflow_live_kind_check check (kind in ('scopes', 'tokens', 'arrivals', 'variables', 'subscriptions'));
create index workflow_live_event on workflow_live ((data->'event'->>'type'), (data->'event'->>'name')) where kind = 'subscriptions';
