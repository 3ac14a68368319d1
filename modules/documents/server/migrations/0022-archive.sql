-- 归档 of issued documents: how long they are kept, under which 档号, when, and the package for the records system.
alter table documents_outgoing add column retention text, add column archive_number text, add column archived_on date, add column archive uuid[];
