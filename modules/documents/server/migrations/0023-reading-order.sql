-- 传阅: to all readers at once, or to one after the other.
alter table documents_incoming add column reading_order text;
