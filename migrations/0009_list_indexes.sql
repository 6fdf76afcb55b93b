DROP INDEX `alerts_priority`;--> statement-breakpoint
DROP INDEX `alerts_symbol`;--> statement-breakpoint
DROP INDEX `alerts_state`;--> statement-breakpoint
CREATE INDEX `alerts_type` ON `alerts` (`type`);--> statement-breakpoint
CREATE INDEX `alerts_source` ON `alerts` (`source`);--> statement-breakpoint
CREATE INDEX `alerts_priority` ON `alerts` (`priority`);--> statement-breakpoint
CREATE INDEX `alerts_symbol` ON `alerts` (`symbol`);--> statement-breakpoint
CREATE INDEX `alerts_state` ON `alerts` (`state`);--> statement-breakpoint
DROP INDEX `decisions_at`;--> statement-breakpoint
DROP INDEX `decisions_word`;--> statement-breakpoint
CREATE INDEX `decisions_symbol` ON `decisions` (`symbol`);--> statement-breakpoint
CREATE INDEX `decisions_source` ON `decisions` (`source`);--> statement-breakpoint
CREATE INDEX `decisions_at` ON `decisions` (`at`,`word`);--> statement-breakpoint
CREATE INDEX `decisions_word` ON `decisions` (`word`);--> statement-breakpoint
DROP INDEX `opportunities_symbol`;--> statement-breakpoint
CREATE INDEX `opportunities_source` ON `opportunities` (`source`);--> statement-breakpoint
CREATE INDEX `opportunities_pattern` ON `opportunities` (`pattern`);--> statement-breakpoint
CREATE INDEX `opportunities_symbol` ON `opportunities` (`symbol`);--> statement-breakpoint
DROP INDEX `signals_symbol`;--> statement-breakpoint
CREATE INDEX `signals_source` ON `signals` (`source`);--> statement-breakpoint
CREATE INDEX `signals_symbol` ON `signals` (`symbol`);