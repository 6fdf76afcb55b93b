ALTER TABLE `deliveries` ADD `folds_with` text;--> statement-breakpoint
ALTER TABLE `deliveries` ADD `unless_acknowledged` integer DEFAULT false NOT NULL;