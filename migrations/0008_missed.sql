ALTER TABLE `decisions` ADD `missed` integer DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX `decisions_missed` ON `decisions` (`source`,`at`) WHERE missed = 1;--> statement-breakpoint
DELETE FROM `cells` WHERE `kind` = 'missed';
