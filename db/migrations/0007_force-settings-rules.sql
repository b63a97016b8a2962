CREATE VIEW case_access AS
  SELECT id, at, actor, unnest(coalesce(case_ids, ARRAY[case_id])) AS case_id, action, route, request_id FROM access_log;
--> statement-breakpoint
-- Work that is given to somebody else is new to them: when it came is kept, and whoever listens is told.
CREATE FUNCTION date_assignment() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.assigned_at := hub_now();
  RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER tasks_date_assignment BEFORE UPDATE OF assignee ON tasks
FOR EACH ROW WHEN (NEW.state = 'open' AND OLD.assignee IS DISTINCT FROM NEW.assignee) EXECUTE FUNCTION date_assignment();
--> statement-breakpoint
CREATE TRIGGER tasks_announce_reassigned AFTER UPDATE OF assignee ON tasks
FOR EACH ROW WHEN (NEW.state = 'open' AND OLD.assignee IS DISTINCT FROM NEW.assignee) EXECUTE FUNCTION announce_new_work();
