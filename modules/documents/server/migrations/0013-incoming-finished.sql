-- When a received document was done with: for the ledger and the statistics.
alter table documents_incoming add column finished_at timestamptz;
create index documents_incoming_organisation on documents_incoming (organisation_id, created_at);
