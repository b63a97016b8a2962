CREATE TABLE "chasing_ladders" (
	"version" integer PRIMARY KEY NOT NULL,
	"ordinary" jsonb NOT NULL,
	"compressed" jsonb NOT NULL,
	"in_custody" boolean NOT NULL,
	"custody_limit_days" integer NOT NULL,
	"time_limit_days" integer NOT NULL,
	"hearing_working_days" integer NOT NULL,
	"note" text NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamptz(3) NOT NULL,
	CONSTRAINT "chasing_ladders_version" CHECK ("chasing_ladders"."version" > 0)
);
--> statement-breakpoint
CREATE TABLE "event_words" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"words" text NOT NULL,
	"who" text,
	"reference" text,
	"recorded_at" timestamptz(3) NOT NULL,
	"recorded_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "court_case_results" (
	"id" uuid PRIMARY KEY NOT NULL,
	"message_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"urn" text NOT NULL,
	"case_id" uuid,
	"content" jsonb NOT NULL,
	"rejected" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "court_defendants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"urn" text NOT NULL,
	"name" text NOT NULL,
	"date_of_birth" text DEFAULT '' NOT NULL,
	"defendant_id" uuid,
	CONSTRAINT "court_defendants_person" UNIQUE("urn","name","date_of_birth")
);
--> statement-breakpoint
CREATE TABLE "court_events" (
	"case_id" uuid NOT NULL,
	"event_id" uuid PRIMARY KEY NOT NULL,
	"key" text,
	"hearing_id" uuid,
	"says" text NOT NULL,
	CONSTRAINT "court_events_key" UNIQUE("case_id","key")
);
--> statement-breakpoint
CREATE TABLE "court_exceptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"urn" text NOT NULL,
	"case_id" uuid,
	"source" text NOT NULL,
	"kind" text NOT NULL,
	"code" text,
	"facts" jsonb NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"choice" jsonb,
	"settled_by" text,
	"settled_at" timestamptz(3),
	"created_at" timestamptz(3) NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "court_exceptions_source" UNIQUE("urn","source"),
	CONSTRAINT "court_exceptions_state" CHECK ("court_exceptions"."state" in ('open','settled','withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "court_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"body" text NOT NULL,
	"sent_at" timestamptz(3),
	"state" text NOT NULL,
	"received_at" timestamptz(3) NOT NULL,
	"received_by" text NOT NULL,
	"answer" json,
	CONSTRAINT "court_messages_inbox" UNIQUE("source","key","body_hash"),
	CONSTRAINT "court_messages_state" CHECK ("court_messages"."state" in ('recorded','set-aside','rejected'))
);
--> statement-breakpoint
CREATE TABLE "court_refusals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"received_from" text NOT NULL,
	"reason" text NOT NULL,
	"bytes" integer
);
--> statement-breakpoint
CREATE TABLE "court_urns" (
	"urn" text PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"linked_by" text NOT NULL,
	"linked_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "standing_requests" (
	"id" uuid NOT NULL,
	"version" integer NOT NULL,
	"material" text NOT NULL,
	"why" text NOT NULL,
	"asked_by" text NOT NULL,
	"scope" jsonb NOT NULL,
	"due_in_working_days" integer,
	"starts_on" date NOT NULL,
	"ends_on" date,
	"note" text NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamptz(3) NOT NULL,
	CONSTRAINT "standing_requests_id_version_pk" PRIMARY KEY("id","version"),
	CONSTRAINT "standing_requests_dates" CHECK ("standing_requests"."ends_on" is null or "standing_requests"."ends_on" >= "standing_requests"."starts_on"),
	CONSTRAINT "standing_requests_due" CHECK ("standing_requests"."due_in_working_days" is null or "standing_requests"."due_in_working_days" between 1 and 60)
);
--> statement-breakpoint
CREATE TABLE "message_receipts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"message_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"status" text NOT NULL,
	"code" text NOT NULL,
	"happened_at" timestamptz(3) NOT NULL,
	"received_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "officer_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"officer" text NOT NULL,
	"message_id" uuid NOT NULL,
	"requests" jsonb NOT NULL,
	"issued_at" timestamptz(3) NOT NULL,
	"expires_at" timestamptz(3) NOT NULL,
	"revoked_at" timestamptz(3),
	"revoked_by" text,
	"revoked_why" text
);
--> statement-breakpoint
CREATE TABLE "provider_allowances" (
	"provider" text PRIMARY KEY NOT NULL,
	"tokens" double precision NOT NULL,
	"filled_at" timestamptz(3) NOT NULL,
	"paused_until" timestamptz(3)
);
--> statement-breakpoint
CREATE TABLE "officer_absences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"collar" text NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"kind" text NOT NULL,
	"recorded_at" timestamptz(3) NOT NULL,
	CONSTRAINT "officer_absences_order" CHECK ("officer_absences"."from_date" <= "officer_absences"."to_date")
);
--> statement-breakpoint
CREATE TABLE "officer_duties" (
	"collar" text PRIMARY KEY NOT NULL,
	"deputy" text,
	"rest_pattern" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendar_reaches" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"days" datemultirange NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"secret_hash" text PRIMARY KEY NOT NULL,
	"staff_id" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "agencies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"services" text[] DEFAULT '{}'::text[] NOT NULL,
	"area" text,
	"contact" jsonb NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamptz(3) NOT NULL,
	CONSTRAINT "agencies_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "contact_words" (
	"reason" text PRIMARY KEY NOT NULL,
	"words" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "referral_replies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"referral_id" uuid NOT NULL,
	"state" text NOT NULL,
	"words" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"recorded_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "referrals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"case_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"agency_id" uuid NOT NULL,
	"consent_on" date NOT NULL,
	"why" text NOT NULL,
	"state" text NOT NULL,
	"made_at" timestamptz(3) NOT NULL,
	"made_by" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "referrals_state" CHECK ("referrals"."state" in ('sent','accepted','declined','ended'))
);
--> statement-breakpoint
CREATE TABLE "attendance" (
	"staff_id" text PRIMARY KEY NOT NULL,
	"pattern" jsonb,
	"pattern_version" integer DEFAULT 0 NOT NULL,
	"skills" text[] DEFAULT '{}'::text[] NOT NULL,
	"skills_version" integer DEFAULT 0 NOT NULL,
	"absences_version" integer DEFAULT 0 NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conflicts_of_interest" (
	"id" uuid PRIMARY KEY NOT NULL,
	"staff_id" text NOT NULL,
	"case_id" uuid,
	"officer" text,
	"reason" text NOT NULL,
	"recorded_by" text NOT NULL,
	"recorded_at" timestamptz(3) NOT NULL,
	"ended_at" timestamptz(3),
	"ended_by" text,
	CONSTRAINT "conflicts_of_one" CHECK (num_nonnulls("conflicts_of_interest"."case_id", "conflicts_of_interest"."officer") = 1)
);
--> statement-breakpoint
CREATE TABLE "learned_effort" (
	"team" text NOT NULL,
	"kind" text NOT NULL,
	"complexity" text NOT NULL,
	"p50" smallint NOT NULL,
	"p80" smallint NOT NULL,
	"samples" integer NOT NULL,
	"people" integer NOT NULL,
	"learned_at" timestamptz(3) NOT NULL,
	CONSTRAINT "learned_effort_team_kind_complexity_pk" PRIMARY KEY("team","kind","complexity")
);
--> statement-breakpoint
CREATE TABLE "task_notes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"staff_id" text NOT NULL,
	"at" timestamptz(3) NOT NULL,
	"text" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "team_settings" (
	"team" text PRIMARY KEY NOT NULL,
	"rules" jsonb NOT NULL,
	"rules_version" integer DEFAULT 0 NOT NULL,
	"rota_version" integer DEFAULT 0 NOT NULL,
	"changed_by" text NOT NULL,
	"changed_at" timestamptz(3) NOT NULL
);
--> statement-breakpoint
CREATE TABLE "weekend_cover" (
	"team" text NOT NULL,
	"covered_on" date NOT NULL,
	"staff_id" text NOT NULL,
	"start_time" text NOT NULL,
	"end_time" text NOT NULL,
	CONSTRAINT "weekend_cover_team_covered_on_staff_id_pk" PRIMARY KEY("team","covered_on","staff_id")
);
--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "traits" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "complexity" text DEFAULT 'standard' NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "skills" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "barred" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "details" jsonb;--> statement-breakpoint
ALTER TABLE "people" ADD COLUMN "identity" uuid;--> statement-breakpoint
ALTER TABLE "chasers" ADD COLUMN "occasion" text;--> statement-breakpoint
ALTER TABLE "chasers" ADD COLUMN "stands_in" text;--> statement-breakpoint
ALTER TABLE "material_requests" ADD COLUMN "note" text;--> statement-breakpoint
ALTER TABLE "material_requests" ADD COLUMN "due_why" text;--> statement-breakpoint
ALTER TABLE "material_requests" ADD COLUMN "basis" jsonb;--> statement-breakpoint
ALTER TABLE "material_requests" ADD COLUMN "rejections" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "material_requests" ADD COLUMN "plan" text;--> statement-breakpoint
ALTER TABLE "material_requests" ADD COLUMN "held_until" date;--> statement-breakpoint
ALTER TABLE "material_requests" ADD COLUMN "held_why" text;--> statement-breakpoint
ALTER TABLE "material_requests" ADD COLUMN "failed_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "provider" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "provider_ref" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "delivered_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "resolution" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "resolved_by" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "resolved_at" timestamptz(3);--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "skills" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "barred" text[] DEFAULT '{}'::text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "tasks" ADD COLUMN "custody" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "contact_attempts" ADD COLUMN "talk_id" uuid;--> statement-breakpoint
ALTER TABLE "contact_attempts" ADD COLUMN "covered" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "event_words" ADD CONSTRAINT "event_words_event_id_case_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."case_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "event_words" ADD CONSTRAINT "event_words_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court_case_results" ADD CONSTRAINT "court_case_results_message_id_court_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."court_messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court_case_results" ADD CONSTRAINT "court_case_results_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court_defendants" ADD CONSTRAINT "court_defendants_defendant_id_defendants_id_fk" FOREIGN KEY ("defendant_id") REFERENCES "public"."defendants"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court_events" ADD CONSTRAINT "court_events_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court_events" ADD CONSTRAINT "court_events_event_id_case_events_id_fk" FOREIGN KEY ("event_id") REFERENCES "public"."case_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court_exceptions" ADD CONSTRAINT "court_exceptions_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "court_urns" ADD CONSTRAINT "court_urns_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_receipts" ADD CONSTRAINT "message_receipts_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_absences" ADD CONSTRAINT "officer_absences_collar_officers_collar_fk" FOREIGN KEY ("collar") REFERENCES "public"."officers"("collar") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_duties" ADD CONSTRAINT "officer_duties_collar_officers_collar_fk" FOREIGN KEY ("collar") REFERENCES "public"."officers"("collar") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "officer_duties" ADD CONSTRAINT "officer_duties_deputy_officers_collar_fk" FOREIGN KEY ("deputy") REFERENCES "public"."officers"("collar") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calendar_reaches" ADD CONSTRAINT "calendar_reaches_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referral_replies" ADD CONSTRAINT "referral_replies_referral_id_referrals_id_fk" FOREIGN KEY ("referral_id") REFERENCES "public"."referrals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "referrals" ADD CONSTRAINT "referrals_agency_id_agencies_id_fk" FOREIGN KEY ("agency_id") REFERENCES "public"."agencies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "attendance" ADD CONSTRAINT "attendance_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflicts_of_interest" ADD CONSTRAINT "conflicts_of_interest_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflicts_of_interest" ADD CONSTRAINT "conflicts_of_interest_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conflicts_of_interest" ADD CONSTRAINT "conflicts_of_interest_officer_officers_collar_fk" FOREIGN KEY ("officer") REFERENCES "public"."officers"("collar") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_notes" ADD CONSTRAINT "task_notes_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "task_notes" ADD CONSTRAINT "task_notes_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "weekend_cover" ADD CONSTRAINT "weekend_cover_staff_id_staff_id_fk" FOREIGN KEY ("staff_id") REFERENCES "public"."staff"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_words_case" ON "event_words" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "court_case_results_case" ON "court_case_results" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "court_case_results_urn" ON "court_case_results" USING btree ("urn");--> statement-breakpoint
CREATE INDEX "court_case_results_message" ON "court_case_results" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "court_exceptions_case" ON "court_exceptions" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "court_exceptions_list" ON "court_exceptions" USING btree ("state","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "message_receipts_once" ON "message_receipts" USING btree ("message_id","provider","status","code","happened_at");--> statement-breakpoint
CREATE INDEX "message_receipts_message" ON "message_receipts" USING btree ("message_id","happened_at");--> statement-breakpoint
CREATE INDEX "officer_links_officer" ON "officer_links" USING btree ("officer","issued_at");--> statement-breakpoint
CREATE INDEX "officer_links_message" ON "officer_links" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "officer_absences_officer" ON "officer_absences" USING btree ("collar","to_date");--> statement-breakpoint
CREATE INDEX "sessions_staff" ON "sessions" USING btree ("staff_id");--> statement-breakpoint
CREATE INDEX "sessions_started" ON "sessions" USING btree ("started_at");--> statement-breakpoint
CREATE INDEX "agencies_list" ON "agencies" USING btree ("name","id");--> statement-breakpoint
CREATE INDEX "referral_replies_referral" ON "referral_replies" USING btree ("referral_id","at");--> statement-breakpoint
CREATE INDEX "referrals_person" ON "referrals" USING btree ("person_id","made_at");--> statement-breakpoint
CREATE UNIQUE INDEX "conflicts_one_case" ON "conflicts_of_interest" USING btree ("staff_id","case_id") WHERE "conflicts_of_interest"."ended_at" is null and "conflicts_of_interest"."case_id" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "conflicts_one_officer" ON "conflicts_of_interest" USING btree ("staff_id","officer") WHERE "conflicts_of_interest"."ended_at" is null and "conflicts_of_interest"."officer" is not null;--> statement-breakpoint
CREATE INDEX "conflicts_officer" ON "conflicts_of_interest" USING btree ("officer");--> statement-breakpoint
CREATE INDEX "task_notes_task" ON "task_notes" USING btree ("task_id","at","id");--> statement-breakpoint
CREATE INDEX "weekend_cover_staff" ON "weekend_cover" USING btree ("staff_id","covered_on");--> statement-breakpoint
CREATE INDEX "case_events_of_quality" ON "case_events" USING btree ("type","happened_on") WHERE "case_events"."type" in ('file-checked','material-rejected','material-received','officer-answered','officer-changed');--> statement-breakpoint
CREATE INDEX "people_identity" ON "people" USING btree ("identity") WHERE "people"."identity" is not null;--> statement-breakpoint
CREATE INDEX "chasers_recipient" ON "chasers" USING btree ("recipient","at");--> statement-breakpoint
CREATE UNIQUE INDEX "chasers_once" ON "chasers" USING btree ("request_id","occasion","step");--> statement-breakpoint
CREATE INDEX "material_requests_failed" ON "material_requests" USING btree ("case_id") WHERE "material_requests"."state" = 'outstanding' and "material_requests"."failed_at" is not null;--> statement-breakpoint
CREATE INDEX "messages_by_state" ON "messages" USING btree ("state","created_at","id");--> statement-breakpoint
CREATE INDEX "tasks_custody" ON "tasks" USING btree ("team") WHERE "tasks"."state" = 'open' and "tasks"."custody";--> statement-breakpoint
CREATE INDEX "contacts_person" ON "contacts" USING btree ("person_id");