-- Rules that hold for every writer, also for one with an SQL shell.

CREATE TRIGGER change_is_append_only_update BEFORE UPDATE ON change
BEGIN SELECT RAISE(ABORT, 'esm: the journal is append-only'); END;

CREATE TRIGGER change_is_append_only_delete BEFORE DELETE ON change
BEGIN SELECT RAISE(ABORT, 'esm: the journal is append-only'); END;

CREATE TRIGGER change_is_append_only_insert BEFORE INSERT ON change
WHEN EXISTS (SELECT 1 FROM change WHERE seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'esm: the journal is append-only'); END;

CREATE TRIGGER operation_is_append_only_update BEFORE UPDATE ON operation
WHEN OLD.hash IS NOT NULL OR NEW.id <> OLD.id
BEGIN SELECT RAISE(ABORT, 'esm: the journal is append-only'); END;

CREATE TRIGGER operation_is_append_only_delete BEFORE DELETE ON operation
BEGIN SELECT RAISE(ABORT, 'esm: the journal is append-only'); END;

CREATE TRIGGER operation_is_append_only_insert BEFORE INSERT ON operation
WHEN EXISTS (SELECT 1 FROM operation WHERE id = NEW.id OR (NEW.hash IS NULL AND hash IS NULL))
BEGIN SELECT RAISE(ABORT, 'esm: the journal is append-only'); END;
