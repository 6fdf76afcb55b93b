CREATE TABLE `alerts` (
	`seq` integer PRIMARY KEY NOT NULL,
	`observation_seq` integer NOT NULL,
	`type` text NOT NULL,
	`kind` text NOT NULL,
	`priority` text NOT NULL,
	`state` text NOT NULL,
	`rule` text NOT NULL,
	`fingerprint` text NOT NULL,
	`message` text NOT NULL,
	`source` text,
	`symbol` text,
	`direction` text,
	`raised_at` integer NOT NULL,
	`expires_at` integer,
	`ended_at` integer,
	`superseded_by` integer,
	`subject_seq` integer,
	`details` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `alerts_raised` ON `alerts` (`raised_at`,`seq`);--> statement-breakpoint
CREATE INDEX `alerts_priority` ON `alerts` (`priority`,`raised_at`);--> statement-breakpoint
CREATE INDEX `alerts_symbol` ON `alerts` (`symbol`,`raised_at`);--> statement-breakpoint
CREATE INDEX `alerts_state` ON `alerts` (`state`,`type`,`priority`);--> statement-breakpoint
CREATE INDEX `alerts_subject` ON `alerts` (`subject_seq`);--> statement-breakpoint
CREATE TABLE `cells` (
	`kind` text NOT NULL,
	`key` text NOT NULL,
	`value` text NOT NULL,
	PRIMARY KEY(`kind`, `key`)
);
--> statement-breakpoint
CREATE TABLE `decisions` (
	`id` integer PRIMARY KEY NOT NULL,
	`observation_seq` integer NOT NULL,
	`subject_seq` integer NOT NULL,
	`rule` text NOT NULL,
	`word` text NOT NULL,
	`at` integer NOT NULL,
	`source` text,
	`symbol` text,
	`priority` text NOT NULL,
	`strength` real,
	`fingerprint` text NOT NULL,
	`alert_seq` integer,
	`checks` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `decisions_subject` ON `decisions` (`subject_seq`);--> statement-breakpoint
CREATE INDEX `decisions_at` ON `decisions` (`at`);--> statement-breakpoint
CREATE INDEX `decisions_word` ON `decisions` (`word`,`at`);--> statement-breakpoint
CREATE TABLE `events` (
	`seq` integer PRIMARY KEY NOT NULL,
	`topic` text NOT NULL,
	`at` integer NOT NULL,
	`frame` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `events_at` ON `events` (`at`);--> statement-breakpoint
CREATE TABLE `files` (
	`source` text NOT NULL,
	`path` text NOT NULL,
	`size` integer NOT NULL,
	`modified_at` real NOT NULL,
	`digest` text NOT NULL,
	`seq` integer NOT NULL,
	`outcome` text NOT NULL,
	`read_at` integer NOT NULL,
	`gone_at` integer,
	PRIMARY KEY(`source`, `path`)
);
--> statement-breakpoint
CREATE INDEX `files_digest` ON `files` (`source`,`digest`);--> statement-breakpoint
CREATE TABLE `identities` (
	`key` text PRIMARY KEY NOT NULL,
	`seq` integer NOT NULL,
	`observed_at` integer NOT NULL,
	`alerted` text,
	FOREIGN KEY (`seq`) REFERENCES `signals`(`seq`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `identities_seq` ON `identities` (`seq`);--> statement-breakpoint
CREATE TABLE `markets` (
	`seq` integer PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`observed_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `markets_observed` ON `markets` (`observed_at`);--> statement-breakpoint
CREATE TABLE `meta` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `observations` (
	`seq` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`source` text,
	`received_at` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `observations_received` ON `observations` (`received_at`);--> statement-breakpoint
CREATE TABLE `opportunities` (
	`seq` integer PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`symbol` text NOT NULL,
	`pattern` text NOT NULL,
	`confidence` real,
	`alpha_potential` real,
	`risk_level` text,
	`observed_at` integer NOT NULL,
	`received_at` integer NOT NULL,
	`decision` text NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `opportunities_received` ON `opportunities` (`received_at`,`seq`);--> statement-breakpoint
CREATE INDEX `opportunities_symbol` ON `opportunities` (`symbol`,`pattern`,`received_at`);--> statement-breakpoint
CREATE TABLE `quarantine` (
	`source` text NOT NULL,
	`path` text NOT NULL,
	`element` integer NOT NULL,
	`reason` text NOT NULL,
	`detail` text NOT NULL,
	`first_seen` integer NOT NULL,
	`last_seen` integer NOT NULL,
	`attempts` integer NOT NULL,
	PRIMARY KEY(`source`, `path`, `element`)
);
--> statement-breakpoint
CREATE TABLE `reports` (
	`seq` integer PRIMARY KEY NOT NULL,
	`received_at` integer NOT NULL,
	`source` text NOT NULL,
	`path` text NOT NULL,
	`size` integer NOT NULL,
	`digest` text NOT NULL,
	`body` blob,
	FOREIGN KEY (`seq`) REFERENCES `observations`(`seq`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `settings_history` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`who` text NOT NULL,
	`before` text NOT NULL,
	`after` text NOT NULL,
	`settings` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `signals` (
	`seq` integer PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`path` text NOT NULL,
	`symbol` text NOT NULL,
	`direction` text NOT NULL,
	`word` text NOT NULL,
	`score` real,
	`strength` real,
	`reliability` real,
	`price` real,
	`exchange` text,
	`strategy` text,
	`timeframe` text,
	`observed_at` integer NOT NULL,
	`dated_by` text NOT NULL,
	`received_at` integer NOT NULL,
	`decision` text NOT NULL,
	`revisions` integer NOT NULL,
	`twins` integer NOT NULL,
	`body` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `signals_received` ON `signals` (`received_at`,`seq`);--> statement-breakpoint
CREATE INDEX `signals_observed` ON `signals` (`observed_at`,`seq`);--> statement-breakpoint
CREATE INDEX `signals_symbol` ON `signals` (`symbol`,`received_at`);