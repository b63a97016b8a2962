-- What was read waits in a list until somebody's read fills it and enters it all: a short list makes that a small wait.
-- Set rather than built anew, which would take as long as the log is large.
ALTER INDEX "access_log_of_cases" SET (gin_pending_list_limit = 128);
