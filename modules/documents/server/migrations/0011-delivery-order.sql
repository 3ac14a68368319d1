-- Recipients stay in the order in which they were named, also those delivered to in the same moment.
alter table documents_delivery add column seq bigint generated always as identity;
drop index documents_delivery_outgoing;
create index documents_delivery_outgoing on documents_delivery (outgoing_id, seq);
