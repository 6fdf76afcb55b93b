CREATE TABLE `acts` (
	`seq` integer NOT NULL,
	`alert_seq` integer NOT NULL,
	`act` text NOT NULL,
	`at` integer NOT NULL,
	`by` text NOT NULL,
	`note` text,
	`value` text,
	`until` integer
);
--> statement-breakpoint
CREATE INDEX `acts_alert` ON `acts` (`alert_seq`,`seq`);--> statement-breakpoint
CREATE INDEX `acts_seq` ON `acts` (`seq`);--> statement-breakpoint
CREATE TABLE `channel_states` (
	`name` text PRIMARY KEY NOT NULL,
	`state` text NOT NULL,
	`since` integer NOT NULL,
	`paused_until` integer,
	`failures` integer NOT NULL,
	`last_answer` text,
	`last_delivered_at` integer,
	`last_test` text
);
--> statement-breakpoint
CREATE TABLE `channels` (
	`name` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`settings` text NOT NULL,
	`sealed` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `deliveries` (
	`seq` integer PRIMARY KEY NOT NULL,
	`alert_seq` integer,
	`channel` text NOT NULL,
	`route` text,
	`step` integer NOT NULL,
	`purpose` text NOT NULL,
	`state` text NOT NULL,
	`created_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`attempts` integer NOT NULL,
	`last_answer` text,
	`accepted_at` integer,
	`folded_into` integer,
	`remote_id` text,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`channel`,`due_at`,`seq`) WHERE state = 'due';--> statement-breakpoint
CREATE INDEX `deliveries_alert` ON `deliveries` (`alert_seq`);--> statement-breakpoint
CREATE INDEX `deliveries_channel` ON `deliveries` (`channel`,`seq`);--> statement-breakpoint
CREATE INDEX `deliveries_state` ON `deliveries` (`state`,`seq`);--> statement-breakpoint
CREATE INDEX `deliveries_ended` ON `deliveries` (`ended_at`);--> statement-breakpoint
CREATE TABLE `silences` (
	`seq` integer PRIMARY KEY NOT NULL,
	`match` text NOT NULL,
	`comment` text NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`ends_at` integer,
	`until_alert_seq` integer,
	`include_high` integer NOT NULL,
	`hidden` integer NOT NULL,
	`hidden_high` integer NOT NULL,
	`last_hid_at` integer,
	`ended_at` integer,
	`end_reason` text
);
--> statement-breakpoint
CREATE INDEX `silences_ended` ON `silences` (`ended_at`);--> statement-breakpoint
ALTER TABLE `alerts` ADD `acknowledged_by` text;--> statement-breakpoint
ALTER TABLE `alerts` ADD `acknowledged_at` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `acknowledged_until` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `acknowledged_note` text;