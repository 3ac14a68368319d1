-- The weight stands in the index, so that a search reads the index alone.
alter table org_person_key drop constraint org_person_key_pkey, add primary key (key, person_id) include (weight);
alter table org_unit_key drop constraint org_unit_key_pkey, add primary key (key, unit_id) include (weight);
