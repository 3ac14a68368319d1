-- Open boxes by due date, lines without one last: the same expression as in the list's question, so that a page is read in the order of the index.
drop index todo_item_due;
create index todo_item_due on todo_item (person_id, box, (coalesce(due, '9999-12-31 00:00:00+00'::timestamptz)), id) where box in ('todo', 'toread');
