CREATE TABLE `betas` (
	`exchange` text NOT NULL,
	`benchmark` text NOT NULL,
	`symbol` text NOT NULL,
	`timeframe` text NOT NULL,
	`at` integer NOT NULL,
	`beta` real NOT NULL,
	PRIMARY KEY(`exchange`, `benchmark`, `symbol`, `timeframe`, `at`)
);
--> statement-breakpoint
CREATE INDEX `betas_at` ON `betas` (`at`);