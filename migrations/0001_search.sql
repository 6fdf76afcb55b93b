-- Full text over signals and alerts by their seq. It holds the index only; the texts stand in their own tables.
CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
