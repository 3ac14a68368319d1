-- 复审: the text was changed after the signature, so the document goes back to whoever signed.
alter table documents_outgoing add column signed_version numeric(18,0), add column changed_since boolean;
