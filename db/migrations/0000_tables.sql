CREATE TABLE "alerts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"class" text NOT NULL,
	"obligation_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"step" text NOT NULL,
	"case_id" uuid NOT NULL,
	"fire_at" timestamptz(3) NOT NULL,
	"state" text NOT NULL,
	"fired_at" timestamptz(3),
	"follow_ups" jsonb,
	"starts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "alerts_once" UNIQUE("obligation_id","version","step"),
	CONSTRAINT "alerts_state" CHECK ("alerts"."state" in ('pending','fired','superseded','withdrawn','quarantined')),
	CONSTRAINT "alerts_never_early" CHECK ("alerts"."fired_at" is null or "alerts"."fired_at" >= "alerts"."fire_at")
);
--> statement-breakpoint
CREATE TABLE "canaries" (
	"queue" text PRIMARY KEY NOT NULL,
	"heard_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendar_links" (
	"staff_id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "calendar_links_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "access_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "access_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamptz(3) NOT NULL,
	"actor" text NOT NULL,
	"case_id" uuid NOT NULL,
	"action" text NOT NULL,
	"route" text NOT NULL,
	"request_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "case_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"happened_on" date NOT NULL,
	"happened_at" timestamptz(3),
	"received_at" timestamptz(3) NOT NULL,
	"defendant_id" uuid,
	"offence_id" uuid,
	"hearing_id" uuid,
	"person_id" uuid,
	"data" jsonb NOT NULL,
	"supersedes" uuid,
	"recorded_at" timestamptz(3) NOT NULL,
	"recorded_by" text NOT NULL,
	CONSTRAINT "case_events_seq" UNIQUE("case_id","seq")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"urn" text NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"officer" text NOT NULL,
	"caseworker" text,
	"team" text NOT NULL,
	"restricted" boolean DEFAULT false NOT NULL,
	"visible_to" text[] DEFAULT '{}'::text[] NOT NULL,
	"received_at" timestamptz(3) NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"created_by" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "cases_urn_unique" UNIQUE("urn"),
	CONSTRAINT "cases_state" CHECK ("cases"."state" in ('open','finalised'))
);
--> statement-breakpoint
CREATE TABLE "defendants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"name" text NOT NULL,
	"date_of_birth" date
);
--> statement-breakpoint
CREATE TABLE "hearings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"heard_on" date NOT NULL,
	"time" text,
	"court" text NOT NULL,
	"court_name" text NOT NULL,
	"type" text NOT NULL,
	"state" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "history" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "history_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamptz(3) NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"case_id" uuid,
	"entity" text NOT NULL,
	"entity_id" text NOT NULL,
	"detail" jsonb NOT NULL,
	"request_id" text
);
--> statement-breakpoint
CREATE TABLE "history_seals" (
	"position" bigint PRIMARY KEY NOT NULL,
	"history_id" bigint NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "history_seals_history_id_unique" UNIQUE("history_id")
);
--> statement-breakpoint
CREATE TABLE "offences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"defendant_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"code" text NOT NULL,
	"title" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"role" text NOT NULL,
	"name" text NOT NULL,
	"date_of_birth" date,
	"contact" jsonb NOT NULL,
	"preferred" text NOT NULL,
	"safe_contact" jsonb,
	"needs_assessment" jsonb,
	"unavailable" jsonb,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deadlines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"rule_version" integer NOT NULL,
	"calendar_version" text NOT NULL,
	"subject_key" text NOT NULL,
	"clock_key" text NOT NULL,
	"defendant_id" uuid,
	"offence_id" uuid,
	"person_id" uuid,
	"hearing_id" uuid,
	"facts" jsonb NOT NULL,
	"explanation" jsonb NOT NULL,
	"setting" jsonb,
	"legal_due" date,
	"legal_due_at" timestamptz(3),
	"action_due" date,
	"expires_at" timestamptz(3),
	"state" text NOT NULL,
	"started_by" uuid NOT NULL,
	"met_on" date,
	"met_by" uuid,
	"ended_by" uuid,
	"ended_why" text,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"changed_at" timestamptz(3) NOT NULL,
	CONSTRAINT "deadlines_identity" UNIQUE("case_id","rule","subject_key","clock_key"),
	CONSTRAINT "deadlines_state" CHECK ("deadlines"."state" in ('pending','met','missed','withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "chasers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"alert_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"request_version" integer NOT NULL,
	"step" text NOT NULL,
	"level" text NOT NULL,
	"recipient" text,
	"message_id" uuid,
	"at" timestamptz(3) NOT NULL,
	CONSTRAINT "chasers_alert_id_unique" UNIQUE("alert_id")
);
--> statement-breakpoint
CREATE TABLE "material_requests" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"key" text NOT NULL,
	"material" text NOT NULL,
	"why" text NOT NULL,
	"due_on" date NOT NULL,
	"officer" text NOT NULL,
	"state" text NOT NULL,
	"defect_code" text,
	"requested_by" uuid NOT NULL,
	"closed_by" uuid,
	"answer" text,
	"urgent" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamptz(3) NOT NULL,
	"changed_at" timestamptz(3) NOT NULL,
	CONSTRAINT "material_requests_identity" UNIQUE("case_id","key"),
	CONSTRAINT "material_requests_state" CHECK ("material_requests"."state" in ('outstanding','received','not-required','withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key" text NOT NULL,
	"channel" text NOT NULL,
	"purpose" text NOT NULL,
	"to_id" text NOT NULL,
	"to_address" text NOT NULL,
	"case_ids" jsonb NOT NULL,
	"subject" text,
	"body" text,
	"facts" jsonb NOT NULL,
	"state" text NOT NULL,
	"due_at" timestamptz(3) NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"sending_since" timestamptz(3),
	"sent_at" timestamptz(3),
	"last_error" text,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "messages_key_unique" UNIQUE("key"),
	CONSTRAINT "messages_state" CHECK ("messages"."state" in ('pending','sending','sent','failed','unknown','cancelled'))
);
--> statement-breakpoint
CREATE TABLE "absences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_id" text NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"kind" text NOT NULL,
	"recorded_at" timestamptz(3) NOT NULL,
	CONSTRAINT "absences_order" CHECK ("absences"."from_date" <= "absences"."to_date")
);
--> statement-breakpoint
CREATE TABLE "officers" (
	"collar" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"rank" text NOT NULL,
	"email" text NOT NULL,
	"station" text NOT NULL,
	"supervisor" text
);
--> statement-breakpoint
CREATE TABLE "staff" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"team" text,
	"email" text NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	CONSTRAINT "staff_role" CHECK ("staff"."role" in ('caseworker','senior','administrator','auditor','feed')),
	CONSTRAINT "staff_team" CHECK ("staff"."role" <> 'caseworker' or "staff"."team" is not null)
);
--> statement-breakpoint
CREATE TABLE "hub_clock" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"ahead_ms" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "hub_clock_one_row" CHECK ("hub_clock"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "idempotency_records" (
	"key" text PRIMARY KEY NOT NULL,
	"fingerprint" text NOT NULL,
	"status" integer NOT NULL,
	"headers" jsonb NOT NULL,
	"body" text NOT NULL,
	"created_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"name" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendar_versions" (
	"n" integer PRIMARY KEY NOT NULL,
	"version" text NOT NULL,
	"base" text NOT NULL,
	"first_year" integer NOT NULL,
	"last_year" integer NOT NULL,
	"proclaimed" jsonb NOT NULL,
	"holidays" jsonb NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "deadline_checks" (
	"night" date PRIMARY KEY NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"checked" integer NOT NULL,
	"differing" integer NOT NULL,
	"differences" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "recomputation_cases" (
	"recomputation_id" uuid NOT NULL,
	"case_id" uuid NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	CONSTRAINT "recomputation_cases_recomputation_id_case_id_pk" PRIMARY KEY("recomputation_id","case_id")
);
--> statement-breakpoint
CREATE TABLE "recomputation_moves" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "recomputation_moves_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"recomputation_id" uuid NOT NULL,
	"case_urn" text NOT NULL,
	"deadline_id" uuid NOT NULL,
	"rule" text NOT NULL,
	"kind" text NOT NULL,
	"before" jsonb,
	"after" jsonb
);
--> statement-breakpoint
CREATE TABLE "recomputations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"cause" text NOT NULL,
	"why" jsonb NOT NULL,
	"calendar_version" text NOT NULL,
	"rules" text,
	"cases_total" integer NOT NULL,
	"requested_at" timestamptz(3) NOT NULL,
	"requested_by" text NOT NULL,
	"started_at" timestamptz(3),
	"finished_at" timestamptz(3),
	CONSTRAINT "recomputations_cause" CHECK ("recomputations"."cause" in ('calendar','rules'))
);
--> statement-breakpoint
CREATE TABLE "reference_codes" (
	"list" text NOT NULL,
	"code" text NOT NULL,
	"spi_code" text NOT NULL,
	"pnc_code" text,
	"description" text NOT NULL,
	CONSTRAINT "reference_codes_list_code_spi_code_pk" PRIMARY KEY("list","code","spi_code")
);
--> statement-breakpoint
CREATE TABLE "reference_courts" (
	"code" text PRIMARY KEY NOT NULL,
	"type" text NOT NULL,
	"name" text NOT NULL,
	"house" text NOT NULL,
	"area" text NOT NULL,
	"psa_code" text
);
--> statement-breakpoint
CREATE TABLE "reference_exceptions" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"cause" text NOT NULL,
	"correction" text NOT NULL,
	"prevention" text NOT NULL,
	"details" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference_forces" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference_loads" (
	"list" text PRIMARY KEY NOT NULL,
	"hash" text NOT NULL,
	"loaded_at" timestamptz(3) DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference_offences" (
	"code" text PRIMARY KEY NOT NULL,
	"title" text,
	"category" text NOT NULL,
	"recordable_on_pnc" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference_result_codes" (
	"code" text PRIMARY KEY NOT NULL,
	"description" text NOT NULL,
	"type" text
);
--> statement-breakpoint
CREATE TABLE "reference_triggers" (
	"code" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"description" text NOT NULL,
	"raised_by" text,
	"screen" text
);
--> statement-breakpoint
CREATE TABLE "rule_settings" (
	"rule" text PRIMARY KEY NOT NULL,
	"enabled" boolean NOT NULL,
	"amount" integer,
	"note" text NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamptz(3) NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "rule_settings_amount" CHECK ("rule_settings"."amount" is null or "rule_settings"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "claims" (
	"token" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"staff_id" text NOT NULL,
	"claimed_at" timestamptz(3) NOT NULL,
	"until" timestamptz(3) NOT NULL,
	"ended_at" timestamptz(3),
	"how" text
);
--> statement-breakpoint
CREATE TABLE "tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"title" text NOT NULL,
	"case_id" uuid,
	"source" text NOT NULL,
	"deadline_id" uuid,
	"request_id" uuid,
	"subject" jsonb NOT NULL,
	"why" jsonb NOT NULL,
	"team" text NOT NULL,
	"assignee" text,
	"visible_to" text[] DEFAULT '{}'::text[] NOT NULL,
	"not_for" text[] DEFAULT '{}'::text[] NOT NULL,
	"consequence" smallint NOT NULL,
	"danger" boolean DEFAULT false NOT NULL,
	"always_critical" boolean DEFAULT false NOT NULL,
	"due_at" timestamptz(3) NOT NULL,
	"effort_minutes" integer NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"deferred_until" timestamptz(3),
	"deferred_why" text,
	"rises_at" timestamptz(3) NOT NULL,
	"claimed_by" text,
	"claim_token" uuid,
	"claim_until" timestamptz(3),
	"outcome" text,
	"note" text,
	"closed_at" timestamptz(3),
	"closed_by" text,
	"created_at" timestamptz(3) NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "tasks_state" CHECK ("tasks"."state" in ('open','done','cancelled'))
);
--> statement-breakpoint
CREATE TABLE "contact_attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"contact_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"result" text NOT NULL,
	"note" text,
	"at" timestamptz(3) NOT NULL,
	"by" text NOT NULL,
	"recorded_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"entitlement" text NOT NULL,
	"state" text NOT NULL,
	"stopped_why" text,
	"created_at" timestamptz(3) NOT NULL,
	CONSTRAINT "contacts_state_known" CHECK ("contacts"."state" in ('owed','made','stopped','withdrawn','not-made'))
);
--> statement-breakpoint
ALTER TABLE "calendar_links" ADD CONSTRAINT "calendar_links_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_events" ADD CONSTRAINT "case_events_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_officer_officers_collar_fk" FOREIGN KEY ("officer") REFERENCES "public"."officers"("collar") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_caseworker_staff_id_fk" FOREIGN KEY ("caseworker") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "defendants" ADD CONSTRAINT "defendants_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hearings" ADD CONSTRAINT "hearings_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "history_seals" ADD CONSTRAINT "history_seals_history_id_history_id_fk" FOREIGN KEY ("history_id") REFERENCES "public"."history"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offences" ADD CONSTRAINT "offences_defendant_id_defendants_id_fk" FOREIGN KEY ("defendant_id") REFERENCES "public"."defendants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "offences" ADD CONSTRAINT "offences_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deadlines" ADD CONSTRAINT "deadlines_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chasers" ADD CONSTRAINT "chasers_request_id_material_requests_id_fk" FOREIGN KEY ("request_id") REFERENCES "public"."material_requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "material_requests" ADD CONSTRAINT "material_requests_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "absences" ADD CONSTRAINT "absences_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recomputation_cases" ADD CONSTRAINT "recomputation_cases_recomputation_id_recomputations_id_fk" FOREIGN KEY ("recomputation_id") REFERENCES "public"."recomputations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recomputation_moves" ADD CONSTRAINT "recomputation_moves_recomputation_id_recomputations_id_fk" FOREIGN KEY ("recomputation_id") REFERENCES "public"."recomputations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "claims" ADD CONSTRAINT "claims_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_assignee_staff_id_fk" FOREIGN KEY ("assignee") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks" ADD CONSTRAINT "tasks_claimed_by_staff_id_fk" FOREIGN KEY ("claimed_by") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_attempts" ADD CONSTRAINT "contact_attempts_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_id_deadlines_id_fk" FOREIGN KEY ("id") REFERENCES "public"."deadlines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_due" ON "alerts" USING btree ("class","fire_at") WHERE "alerts"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "alerts_case" ON "alerts" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "access_log_case" ON "access_log" USING btree ("case_id","id");--> statement-breakpoint
CREATE INDEX "access_log_actor" ON "access_log" USING btree ("actor","id");--> statement-breakpoint
CREATE UNIQUE INDEX "case_events_supersedes" ON "case_events" USING btree ("supersedes") WHERE "case_events"."supersedes" is not null;--> statement-breakpoint
CREATE INDEX "cases_caseworker" ON "cases" USING btree ("caseworker","state");--> statement-breakpoint
CREATE INDEX "cases_officer" ON "cases" USING btree ("officer");--> statement-breakpoint
CREATE INDEX "cases_list" ON "cases" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "defendants_case" ON "defendants" USING btree ("case_id","position");--> statement-breakpoint
CREATE INDEX "hearings_case" ON "hearings" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "hearings_on" ON "hearings" USING btree ("heard_on");--> statement-breakpoint
CREATE INDEX "history_case" ON "history" USING btree ("case_id","id");--> statement-breakpoint
CREATE INDEX "offences_case" ON "offences" USING btree ("case_id","position");--> statement-breakpoint
CREATE INDEX "people_case" ON "people" USING btree ("case_id","position");--> statement-breakpoint
CREATE INDEX "deadlines_open" ON "deadlines" USING btree ("rule","legal_due") WHERE "deadlines"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "chasers_request" ON "chasers" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "chasers_message" ON "chasers" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "material_requests_officer" ON "material_requests" USING btree ("officer","due_on") WHERE "material_requests"."state" = 'outstanding';--> statement-breakpoint
CREATE INDEX "messages_due" ON "messages" USING btree ("due_at") WHERE "messages"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "messages_to" ON "messages" USING btree ("to_id","created_at");--> statement-breakpoint
CREATE INDEX "absences_staff" ON "absences" USING btree ("staff_id","to_date");--> statement-breakpoint
CREATE INDEX "calendar_versions_version" ON "calendar_versions" USING btree ("version");--> statement-breakpoint
CREATE UNIQUE INDEX "recomputation_moves_of" ON "recomputation_moves" USING btree ("recomputation_id","id");--> statement-breakpoint
CREATE INDEX "recomputations_unfinished" ON "recomputations" USING btree ("requested_at") WHERE "recomputations"."finished_at" is null;--> statement-breakpoint
CREATE INDEX "reference_courts_words" ON "reference_courts" USING gin (to_tsvector('simple', translate(name || ' ' || area, '/-.''’', '   ')));--> statement-breakpoint
CREATE INDEX "reference_offences_words" ON "reference_offences" USING gin (to_tsvector('english', translate(coalesce(title, ''), '/-.''’', '   ')));--> statement-breakpoint
CREATE INDEX "reference_offences_code_prefix" ON "reference_offences" USING btree ("code" text_pattern_ops);--> statement-breakpoint
CREATE UNIQUE INDEX "claims_one_live" ON "claims" USING btree ("task_id") WHERE "claims"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "claims_staff" ON "claims" USING btree ("staff_id","claimed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_source" ON "tasks" USING btree ("case_id","source") WHERE "tasks"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_source_without_case" ON "tasks" USING btree ("source") WHERE "tasks"."state" = 'open' and "tasks"."case_id" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "tasks_one_claim" ON "tasks" USING btree ("claimed_by") WHERE "tasks"."state" = 'open' and "tasks"."claimed_by" is not null;--> statement-breakpoint
CREATE INDEX "tasks_assignee" ON "tasks" USING btree ("assignee","consequence","due_at","created_at","id") WHERE "tasks"."state" = 'open';--> statement-breakpoint
CREATE INDEX "tasks_pool" ON "tasks" USING btree ("team","consequence","due_at","created_at","id") WHERE "tasks"."state" = 'open' and "tasks"."assignee" is null;--> statement-breakpoint
CREATE INDEX "tasks_case" ON "tasks" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "tasks_deadline" ON "tasks" USING btree ("deadline_id");--> statement-breakpoint
CREATE INDEX "tasks_request" ON "tasks" USING btree ("request_id");--> statement-breakpoint
CREATE INDEX "contact_attempts_contact" ON "contact_attempts" USING btree ("contact_id");--> statement-breakpoint
CREATE INDEX "contacts_case" ON "contacts" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "contacts_state" ON "contacts" USING btree ("state","created_at","id");