CREATE TABLE "plan_warnings" (
	"task_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"team" text NOT NULL,
	CONSTRAINT "plan_warnings_task_id_reason_pk" PRIMARY KEY("task_id","reason")
);
--> statement-breakpoint
CREATE TABLE "planning_settings" (
	"name" text NOT NULL,
	"scope" text NOT NULL,
	"value" jsonb NOT NULL,
	"version" integer NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamptz(3) NOT NULL,
	CONSTRAINT "planning_settings_name_scope_pk" PRIMARY KEY("name","scope"),
	CONSTRAINT "planning_settings_name" CHECK ("planning_settings"."name" in ('effort', 'move-costs')),
	CONSTRAINT "planning_settings_scope" CHECK ("planning_settings"."scope" in ('hub', 'crime', 'traffic'))
);
--> statement-breakpoint
DROP INDEX "access_log_case";--> statement-breakpoint
ALTER TABLE "access_log" ALTER COLUMN "case_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "access_log" ADD COLUMN "case_ids" uuid[];--> statement-breakpoint
ALTER TABLE "absences" ADD COLUMN "start_time" text;--> statement-breakpoint
ALTER TABLE "absences" ADD COLUMN "end_time" text;--> statement-breakpoint
ALTER TABLE "staff" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "claimed" text[];--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "assigned_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "plan_warnings" ADD CONSTRAINT "plan_warnings_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "plan_warnings_team" ON "plan_warnings" USING btree ("team");--> statement-breakpoint
CREATE INDEX "access_log_of_case" ON "access_log" USING btree ("case_id","id") WHERE "access_log"."case_id" is not null;--> statement-breakpoint
CREATE INDEX "access_log_of_cases" ON "access_log" USING gin ("case_ids") WHERE "access_log"."case_ids" is not null;--> statement-breakpoint
ALTER TABLE "access_log" ADD CONSTRAINT "access_log_cases" CHECK (num_nonnulls("access_log"."case_id", "access_log"."case_ids") = 1);--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_times" CHECK ("absences"."from_date" < "absences"."to_date" or coalesce("absences"."start_time", '00:00') < coalesce("absences"."end_time", '24:00'));