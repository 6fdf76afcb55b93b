-- The search keeps the words it indexes: what goes is then taken out word by word. Without them it kept a list of removed rows for each
-- of its segments and rewrote the list whole each time it doubled: a commit held for a fifth of a second at 200,000 alerts.
DROP TABLE search;--> statement-breakpoint
CREATE VIRTUAL TABLE search USING fts5(words, tokenize='unicode61 remove_diacritics 2');--> statement-breakpoint
-- Segments are merged 64 pages at a time in the commit that makes them due: small pages keep that commit short. More segments than
-- usual may stand side by side before all of a level are merged in one go, which is the only merge without a bound.
INSERT INTO search(search, rank) VALUES('pgsz', 1000);--> statement-breakpoint
INSERT INTO search(search, rank) VALUES('crisismerge', 64);--> statement-breakpoint
INSERT INTO search(rowid, words)
SELECT seq, concat_ws(char(10), symbol, body ->> 'symbolAsWritten', direction, word, source, strategy, exchange, timeframe, path, body ->> 'signalId',
  (SELECT group_concat(value ->> 'text', char(10)) FROM json_each(body, '$.words')))
FROM signals;--> statement-breakpoint
INSERT INTO search(rowid, words)
SELECT seq, concat_ws(char(10), symbol, replace(pattern, '_', ' '), source, risk_level, body ->> 'insight', body ->> 'action') FROM opportunities;--> statement-breakpoint
INSERT INTO search(rowid, words) SELECT seq, message FROM alerts;--> statement-breakpoint
-- One segment: nothing of this is left to be merged later.
INSERT INTO search(search) VALUES('optimize');
