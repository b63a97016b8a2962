-- The hub's time by Postgres's clock. Only the demo moves it forward; sessions, claims and tokens live in machine time.
-- Ask for it as (select hub_now()), so that it is read once a statement and an index can be used.
CREATE FUNCTION hub_now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT clock_timestamp() + ahead_ms * interval '1 millisecond' FROM hub_clock WHERE id = 1
$$;
--> statement-breakpoint
INSERT INTO hub_clock DEFAULT VALUES;
--> statement-breakpoint
-- Events and history are append-only: not even the hub's own code can change what was recorded.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$;
--> statement-breakpoint
CREATE TRIGGER case_events_append_only BEFORE UPDATE OR DELETE ON case_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER history_append_only BEFORE UPDATE OR DELETE ON history FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER history_seals_append_only BEFORE UPDATE OR DELETE ON history_seals FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER access_log_append_only BEFORE UPDATE OR DELETE ON access_log FOR EACH ROW EXECUTE FUNCTION refuse_change();
