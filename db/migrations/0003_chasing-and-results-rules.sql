-- A force's ladders are kept as they were set.
CREATE TRIGGER chasing_ladders_append_only BEFORE UPDATE OR DELETE ON chasing_ladders FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Whatever has a defect was rejected; that it was more than once was not counted before.
UPDATE material_requests SET rejections = 1 WHERE defect_code IS NOT NULL AND rejections = 0;
--> statement-breakpoint
-- Chasers of before belong to the asking that stands, where it still does: their steps are not sent again in it.
UPDATE chasers c SET occasion = r.due_on::text || ' ' || r.officer || ' ' || r.rejections::text
  FROM material_requests r WHERE r.id = c.request_id AND r.version = c.request_version;
--> statement-breakpoint
CREATE TRIGGER event_words_append_only BEFORE UPDATE OR DELETE ON event_words FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- What a prosecutor asks for is changed by a new version beside the old one: cases say by which they were asked.
CREATE TRIGGER standing_requests_append_only BEFORE UPDATE OR DELETE ON standing_requests FOR EACH ROW EXECUTE FUNCTION refuse_change();
