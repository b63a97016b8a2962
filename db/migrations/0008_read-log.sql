-- What waits in the list of a GIN index is entered into it by the read that fills the list, and the reads behind it wait too.
-- Set rather than built anew, which would take as long as the log is large.
ALTER INDEX "access_log_of_cases" SET (fastupdate = false);
--> statement-breakpoint
SELECT gin_clean_pending_list('access_log_of_cases');
