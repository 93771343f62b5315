-- What the triggers of a server call. The words of a refusal are those of SQLite's triggers. Functions look for tables
-- in the schema for which they were made, wherever they are called; those that write do so with the owner's rights.

CREATE FUNCTION esm_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation';
END $$;

-- The operation into which the journal writes.
CREATE FUNCTION esm_open_operation() RETURNS bigint LANGUAGE plpgsql STABLE {settings} AS $$
DECLARE
  opened bigint := (SELECT id FROM operation WHERE hash IS NULL);
BEGIN
  IF opened IS NULL THEN
    RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
      MESSAGE = 'esm: data change only through esm, so that the journal holds every change';
  END IF;
  RETURN opened;
END $$;

-- Added rows are told in the order in which they came, others by their ids, as SQLite meets them.
CREATE FUNCTION esm_journal() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {settings} AS $$
DECLARE
  last bigint := (SELECT coalesce(max(seq), 0) FROM change);
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO change (seq, operation_id, subject, row_id, kind, new)
    SELECT last + row_number() OVER (), (SELECT esm_open_operation()), TG_ARGV[0], id, 'I',
           CAST(row_to_json(added) AS text)
    FROM new_rows AS added;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO change (seq, operation_id, subject, row_id, kind, old, new)
    SELECT last + row_number() OVER (ORDER BY id), (SELECT esm_open_operation()), TG_ARGV[0], id, 'U',
           CAST(row_to_json(before) AS text), CAST(row_to_json(after) AS text)
    FROM old_rows AS before JOIN new_rows AS after USING (id);
  ELSE
    INSERT INTO change (seq, operation_id, subject, row_id, kind, old)
    SELECT last + row_number() OVER (ORDER BY id), (SELECT esm_open_operation()), TG_ARGV[0], id, 'D',
           CAST(row_to_json(gone) AS text)
    FROM old_rows AS gone;
  END IF;
  RETURN NULL;
END $$;

-- Sets the clocks of these enterprises, if there are any. One after the other: without statistics, as during the first
-- import, a server that plans for all of them together guesses wrong.
CREATE FUNCTION esm_wind(ids bigint[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER {settings} AS $$
BEGIN
  IF ids IS NULL THEN
    RETURN;
  END IF;
  WITH told AS MATERIALIZED (
    SELECT computed.* FROM unnest(ids) AS concerned (id) CROSS JOIN LATERAL ({clock}) AS computed),
  ended AS (DELETE FROM clock WHERE enterprise_id = ANY (ids)
                                AND enterprise_id NOT IN (SELECT enterprise_id FROM told))
  INSERT INTO clock SELECT * FROM told
  ON CONFLICT (enterprise_id) DO UPDATE SET {news} WHERE {is_news};
EXCEPTION WHEN data_exception OR not_null_violation THEN
  RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
    MESSAGE = 'esm: the clock cannot be told from the settings';
END $$;

CREATE FUNCTION esm_wind_of_rows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {settings} AS $$
DECLARE
  ids bigint[];
BEGIN
  IF TG_OP = 'INSERT' THEN
    ids := (SELECT array_agg(DISTINCT enterprise_id) FROM new_rows);
  ELSIF TG_OP = 'UPDATE' THEN
    ids := (SELECT array_agg(enterprise_id) FROM (SELECT enterprise_id FROM old_rows
                                                  UNION SELECT enterprise_id FROM new_rows) AS either);
  ELSE
    ids := (SELECT array_agg(DISTINCT enterprise_id) FROM old_rows);
  END IF;
  PERFORM esm_wind(ids);
  RETURN NULL;
END $$;

-- A clock shows the code of its enterprise.
CREATE FUNCTION esm_wind_of_enterprises() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {settings} AS $$
DECLARE
  ids bigint[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    ids := (SELECT array_agg(id) FROM old_rows AS before JOIN new_rows AS after USING (id)
            WHERE before.uscc <> after.uscc);
  ELSE
    ids := (SELECT array_agg(id) FROM old_rows);
  END IF;
  PERFORM esm_wind(ids);
  RETURN NULL;
END $$;

CREATE FUNCTION esm_wind_of_settings() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER {settings} AS $$
DECLARE
  is_concerned boolean;
BEGIN
  IF TG_OP = 'INSERT' THEN
    is_concerned := (SELECT bool_or(key IN {clock_settings}) FROM new_rows);
  ELSIF TG_OP = 'UPDATE' THEN
    is_concerned := (SELECT bool_or(key IN {clock_settings}) FROM (SELECT key FROM old_rows
                                                                   UNION SELECT key FROM new_rows) AS either);
  ELSE
    is_concerned := (SELECT bool_or(key IN {clock_settings}) FROM old_rows);
  END IF;
  IF is_concerned THEN
    PERFORM esm_wind((SELECT array_agg(DISTINCT enterprise_id) FROM scope));
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION esm_guard_clock() RETURNS trigger LANGUAGE plpgsql {settings} AS $$
BEGIN
  PERFORM esm_open_operation();
  RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation',
    MESSAGE = 'esm: the clock follows the facts; nobody else writes it';
END $$;

-- Lets no other writer into the district until the transaction ends; whoever may write need not own the row.
CREATE FUNCTION esm_lock_district() RETURNS void LANGUAGE sql SECURITY DEFINER {settings} AS $$
  SELECT version_num FROM alembic_version FOR UPDATE
$$;
