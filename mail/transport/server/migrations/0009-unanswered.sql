-- The same octets from the same sender to the same recipients, taken lately but never answered. Two of them at once wait for each other: the question is asked after the lock is there,
-- as each statement of a volatile function sees what was committed before it.
create function mail_unanswered(wanted text, since timestamptz) returns setof mail_submission language sql volatile as $$
  select pg_advisory_xact_lock(hashtextextended(wanted, 0));
  select * from mail_submission where fingerprint = wanted and not answered and created_at > since limit 1;
$$;
