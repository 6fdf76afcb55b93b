CREATE INDEX `files_gone` ON `files` (`gone_at`) WHERE gone_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `markets_received` ON `markets` (`received_at`);--> statement-breakpoint
CREATE INDEX `reports_received` ON `reports` (`received_at`);--> statement-breakpoint
INSERT INTO search(search, rank) VALUES('deletemerge', 0);
