-- Tells whoever listens that a person or a team has new work: who it is for, and nothing about it. Where nobody is signed in to
-- the pages nobody listens, and a notice would make commits wait for each other in vain.
create function announce_new_work() returns trigger language plpgsql as $$
begin
  if exists (select 1 from sessions where seen_at > clock_timestamp() - interval '1 hour') then
    perform pg_notify('hub_new_work', json_build_object('team', new.team, 'assignee', new.assignee)::text);
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger tasks_announce_new_work after insert on tasks
  for each row when (new.state = 'open') execute function announce_new_work();
--> statement-breakpoint
CREATE TRIGGER quality_reviews_append_only BEFORE UPDATE OR DELETE ON quality_reviews FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Chasing that has failed raises the open work of its case, and the order of work must be readable from the row of the
-- task alone. Whoever changes a request holds the row of its case, and so does whoever opens a task of it.
CREATE FUNCTION raise_work_of_failed_chasing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE tasks SET chasing_failed = NOT chasing_failed
  WHERE case_id = NEW.case_id AND state = 'open' AND chasing_failed IS DISTINCT FROM EXISTS (
    SELECT FROM material_requests r WHERE r.case_id = NEW.case_id AND r.state = 'outstanding' AND r.failed_at IS NOT NULL);
  RETURN NULL;
END
$$;
--> statement-breakpoint
CREATE TRIGGER material_requests_failed_chasing AFTER UPDATE OF state, failed_at ON material_requests FOR EACH ROW
WHEN ((OLD.state = 'outstanding' AND OLD.failed_at IS NOT NULL) IS DISTINCT FROM (NEW.state = 'outstanding' AND NEW.failed_at IS NOT NULL))
EXECUTE FUNCTION raise_work_of_failed_chasing();
--> statement-breakpoint
CREATE TRIGGER material_requests_failed_at_once AFTER INSERT ON material_requests FOR EACH ROW
WHEN (NEW.state = 'outstanding' AND NEW.failed_at IS NOT NULL)
EXECUTE FUNCTION raise_work_of_failed_chasing();
--> statement-breakpoint
UPDATE tasks t SET chasing_failed = true
WHERE state = 'open' AND EXISTS (
  SELECT FROM material_requests r WHERE r.case_id = t.case_id AND r.state = 'outstanding' AND r.failed_at IS NOT NULL);
