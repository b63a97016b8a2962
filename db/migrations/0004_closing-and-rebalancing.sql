CREATE TABLE "imported_cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"import_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"urn" text NOT NULL,
	"rows" jsonb NOT NULL,
	"state" text NOT NULL,
	"errors" jsonb NOT NULL,
	"places" jsonb,
	"body" jsonb,
	"makes" jsonb,
	"first_dates" jsonb,
	"case_id" uuid,
	"failures" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	CONSTRAINT "imported_cases_position" UNIQUE("import_id","position"),
	CONSTRAINT "imported_cases_state" CHECK ("imported_cases"."state" in ('waiting','ready','wrong','already-there','differs','created','failed'))
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"file_hash" text NOT NULL,
	"state" text NOT NULL,
	"rows" integer NOT NULL,
	"cases" integer NOT NULL,
	"encoding" text NOT NULL,
	"delimiter" text NOT NULL,
	"not_read" jsonb NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"created_by" text NOT NULL,
	"confirmed_at" timestamptz(3),
	"confirmed_in" text,
	"finished_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "imports_state" CHECK ("imports"."state" in ('checking','checked','importing','done','discarded'))
);
--> statement-breakpoint
CREATE TABLE "quality_reviews" (
	"task_id" uuid PRIMARY KEY NOT NULL,
	"month" text NOT NULL,
	"verdict" text NOT NULL,
	"note" text,
	"reviewed_by" text NOT NULL,
	"reviewed_at" timestamptz(3) NOT NULL,
	CONSTRAINT "quality_reviews_verdict" CHECK ("quality_reviews"."verdict" in ('pass','partial','fail'))
);
--> statement-breakpoint
CREATE TABLE "case_covers" (
	"case_id" uuid NOT NULL,
	"rebalance_id" uuid NOT NULL,
	"absent" text NOT NULL,
	"covered_by" text NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"ended_at" timestamptz(3),
	CONSTRAINT "case_covers_rebalance_id_case_id_pk" PRIMARY KEY("rebalance_id","case_id"),
	CONSTRAINT "case_covers_order" CHECK ("case_covers"."from_date" <= "case_covers"."to_date")
);
--> statement-breakpoint
CREATE TABLE "case_pins" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"pinned" boolean NOT NULL,
	"reason" text NOT NULL,
	"pinned_by" text NOT NULL,
	"pinned_at" timestamptz(3) NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rebalance_moves" (
	"rebalance_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"from_staff" text NOT NULL,
	"to_staff" text NOT NULL,
	"case_version" integer NOT NULL,
	"minutes" integer NOT NULL,
	"cost" integer NOT NULL,
	"reason" text NOT NULL,
	"state" text NOT NULL,
	"why" text,
	"changed_by" text,
	"changed_at" timestamptz(3),
	"had" jsonb,
	"event_id" uuid,
	CONSTRAINT "rebalance_moves_rebalance_id_case_id_pk" PRIMARY KEY("rebalance_id","case_id"),
	CONSTRAINT "rebalance_moves_state" CHECK ("rebalance_moves"."state" in ('proposed','applied','refused','undone'))
);
--> statement-breakpoint
CREATE TABLE "rebalances" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"team" text,
	"reason" text,
	"concerns" text,
	"cover_from" date,
	"cover_to" date,
	"plan" jsonb NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"applied_at" timestamptz(3),
	"undo_until" timestamptz(3),
	CONSTRAINT "rebalances_kind" CHECK ("rebalances"."kind" in ('balance','cover','new-starter'))
);
--> statement-breakpoint
CREATE TABLE "webhook_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sequence" bigint GENERATED ALWAYS AS IDENTITY (sequence name "webhook_deliveries_sequence_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"webhook_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"key" text NOT NULL,
	"type" text NOT NULL,
	"data" jsonb NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"due_at" timestamptz(3) DEFAULT clock_timestamp() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_status" integer,
	"last_error" text,
	"last_attempt_at" timestamptz(3),
	"delivered_at" timestamptz(3),
	"created_at" timestamptz(3) DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "webhook_deliveries_state" CHECK ("webhook_deliveries"."state" in ('pending','delivered','failed','cancelled'))
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"url" text NOT NULL,
	"description" text NOT NULL,
	"events" jsonb NOT NULL,
	"restricted_cases" boolean NOT NULL,
	"paused" boolean NOT NULL,
	"paused_why" text,
	"secret_version" integer NOT NULL,
	"secret_since" timestamptz(3) NOT NULL,
	"secret_mark" text NOT NULL,
	"rest_until" timestamptz(3),
	"created_at" timestamptz(3) NOT NULL,
	"created_by" text NOT NULL,
	"changed_at" timestamptz(3) NOT NULL,
	"changed_by" text NOT NULL,
	"removed_at" timestamptz(3),
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
DROP INDEX "tasks_pool";--> statement-breakpoint
DROP INDEX "tasks_custody";--> statement-breakpoint
ALTER TABLE "event_words" ADD COLUMN "parts" jsonb;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "chasing_failed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "imported_cases" ADD CONSTRAINT "imported_cases_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "imports" ADD CONSTRAINT "imports_created_by_staff_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quality_reviews" ADD CONSTRAINT "quality_reviews_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "quality_reviews" ADD CONSTRAINT "quality_reviews_reviewed_by_staff_id_fk" FOREIGN KEY ("reviewed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_covers" ADD CONSTRAINT "case_covers_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_covers" ADD CONSTRAINT "case_covers_rebalance_id_rebalances_id_fk" FOREIGN KEY ("rebalance_id") REFERENCES "public"."rebalances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_covers" ADD CONSTRAINT "case_covers_absent_staff_id_fk" FOREIGN KEY ("absent") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_covers" ADD CONSTRAINT "case_covers_covered_by_staff_id_fk" FOREIGN KEY ("covered_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_pins" ADD CONSTRAINT "case_pins_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rebalance_moves" ADD CONSTRAINT "rebalance_moves_rebalance_id_rebalances_id_fk" FOREIGN KEY ("rebalance_id") REFERENCES "public"."rebalances"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rebalance_moves" ADD CONSTRAINT "rebalance_moves_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rebalance_moves" ADD CONSTRAINT "rebalance_moves_from_staff_staff_id_fk" FOREIGN KEY ("from_staff") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rebalance_moves" ADD CONSTRAINT "rebalance_moves_to_staff_staff_id_fk" FOREIGN KEY ("to_staff") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rebalances" ADD CONSTRAINT "rebalances_concerns_staff_id_fk" FOREIGN KEY ("concerns") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "imported_cases_to_do" ON "imported_cases" USING btree ("import_id","position") WHERE "imported_cases"."state" in ('waiting','ready');--> statement-breakpoint
CREATE UNIQUE INDEX "imports_of_file" ON "imports" USING btree ("created_by","file_hash") WHERE "imports"."state" in ('checking','checked','importing');--> statement-breakpoint
CREATE INDEX "imports_list" ON "imports" USING btree ("created_by","id");--> statement-breakpoint
CREATE INDEX "imports_unfinished" ON "imports" USING btree ("created_at") WHERE "imports"."state" in ('checking','checked','importing');--> statement-breakpoint
CREATE INDEX "quality_reviews_month" ON "quality_reviews" USING btree ("month");--> statement-breakpoint
CREATE UNIQUE INDEX "case_covers_one" ON "case_covers" USING btree ("case_id") WHERE "case_covers"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "case_covers_end" ON "case_covers" USING btree ("to_date") WHERE "case_covers"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "rebalance_moves_case" ON "rebalance_moves" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "rebalances_list" ON "rebalances" USING btree ("proposed_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_deliveries_once" ON "webhook_deliveries" USING btree ("webhook_id","key");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("webhook_id","due_at") WHERE "webhook_deliveries"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "webhook_deliveries_list" ON "webhook_deliveries" USING btree ("webhook_id","sequence");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_old" ON "webhook_deliveries" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "tasks_pool_usual" ON "tasks" USING btree ("team","consequence","due_at","created_at","rises_at") WHERE "tasks"."state" = 'open' and "tasks"."assignee" is null and "tasks"."claimed_by" is null
          and not ("tasks"."always_critical" or "tasks"."danger" or "tasks"."chasing_failed");--> statement-breakpoint
CREATE INDEX "tasks_pool_grave" ON "tasks" USING btree ("team","consequence","always_critical","due_at","created_at") WHERE "tasks"."state" = 'open' and "tasks"."assignee" is null and "tasks"."claimed_by" is null
          and ("tasks"."always_critical" or "tasks"."danger" or "tasks"."chasing_failed");--> statement-breakpoint
CREATE INDEX "tasks_claim_until" ON "tasks" USING btree ("claim_until") WHERE "tasks"."state" = 'open' and "tasks"."claimed_by" is not null;--> statement-breakpoint
CREATE INDEX "tasks_custody_due" ON "tasks" USING btree ("team","consequence","due_at","created_at") WHERE "tasks"."state" = 'open' and "tasks"."custody";