CREATE INDEX `deliveries_created` ON `deliveries` (`created_at`);--> statement-breakpoint
CREATE INDEX `deliveries_accepted` ON `deliveries` (`channel`,`accepted_at`) WHERE accepted_at IS NOT NULL;