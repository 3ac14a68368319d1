-- Figures of a day are read by when steps happened; rows come in that order, so that a small index does.
create index mail_trace_at on mail_trace using brin (at) with (pages_per_range = 32);
