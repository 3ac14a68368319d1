-- What 产假, 育儿假 and time within working hours are measured by.
alter table leave_request add column birth text, add column children numeric(18,0), add column child_birth date, add column hours numeric(18,1), add column hours_total numeric(18,2);
