ALTER TABLE `alerts` ADD `subject_kind` text;--> statement-breakpoint
ALTER TABLE `alerts` ADD `end_reason` text;--> statement-breakpoint
ALTER TABLE `decisions` ADD `subject_kind` text;--> statement-breakpoint
UPDATE `decisions` SET `subject_kind` = CASE
	WHEN `rule` = 'strong-signal' THEN 'signal'
	WHEN `rule` = 'opportunity' THEN 'opportunity'
	WHEN `rule` IN ('clock-offset', 'host-pressure', 'missed-while-away', 'reports-refused', 'scanner-failing', 'source-silent', 'source-unreachable', 'rule-failing', 'rule-slow', 'cap-overflow', 'alertmanager', 'regime-change', 'volatility-jump', 'volume-spike', 'exchange-spread', 'funding-extreme') THEN 'observation'
	WHEN EXISTS (SELECT 1 FROM `signals` WHERE `signals`.`seq` = `subject_seq`) THEN 'signal'
	WHEN EXISTS (SELECT 1 FROM `opportunities` WHERE `opportunities`.`seq` = `subject_seq`) THEN 'opportunity'
	WHEN EXISTS (SELECT 1 FROM `markets` WHERE `markets`.`seq` = `subject_seq`) THEN 'market'
END;--> statement-breakpoint
UPDATE `alerts` SET `subject_kind` = CASE
	WHEN `rule` = 'strong-signal' THEN 'signal'
	WHEN `rule` = 'opportunity' THEN 'opportunity'
	WHEN EXISTS (SELECT 1 FROM `signals` WHERE `signals`.`seq` = `subject_seq`) THEN 'signal'
	WHEN EXISTS (SELECT 1 FROM `opportunities` WHERE `opportunities`.`seq` = `subject_seq`) THEN 'opportunity'
	WHEN EXISTS (SELECT 1 FROM `markets` WHERE `markets`.`seq` = `subject_seq`) THEN 'market'
END WHERE `subject_seq` IS NOT NULL;--> statement-breakpoint
UPDATE `alerts` SET `end_reason` = CASE
	WHEN `state` = 'resolved' THEN 'condition-over'
	WHEN `superseded_by` IS NULL AND `ended_at` >= `expires_at` THEN 'expired'
	ELSE 'superseded'
END WHERE `ended_at` IS NOT NULL;
