-- To enter every case of a page at once takes the page longer than to find its tasks: what was read waits in a list again, which
-- the workers empty every few seconds (workers/read-log.ts). Whoever fills it would have to empty it, so it holds much.
ALTER INDEX "access_log_of_cases" SET (fastupdate = true, gin_pending_list_limit = 65536);
--> statement-breakpoint
-- Nothing is planned by what the log holds, but each look that Postgres takes at it has every queue planned anew. A young log
-- doubles in a minute.
ALTER TABLE "access_log" SET (autovacuum_analyze_threshold = 1000000, autovacuum_vacuum_insert_threshold = 1000000);
--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "defendant_names" text[] DEFAULT '{}'::text[] NOT NULL;
--> statement-breakpoint
UPDATE "cases" c SET "defendant_names" = n.names FROM (
  SELECT case_id, array_agg(name ORDER BY position) AS names FROM "defendants" GROUP BY case_id
) n WHERE n.case_id = c.id;
