CREATE TABLE `candle_revisions` (
	`exchange` text NOT NULL,
	`symbol` text NOT NULL,
	`timeframe` text NOT NULL,
	`at` integer NOT NULL,
	`revised_at` integer NOT NULL,
	`open` real NOT NULL,
	`high` real NOT NULL,
	`low` real NOT NULL,
	`close` real NOT NULL,
	`volume` real NOT NULL,
	PRIMARY KEY(`exchange`, `symbol`, `timeframe`, `at`, `revised_at`)
);
