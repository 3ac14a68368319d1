-- 文件处理单 with every opinion, set at 办结.
alter table documents_incoming add column sheet uuid[];
