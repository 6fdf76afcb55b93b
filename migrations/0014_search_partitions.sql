-- A merge of one table of all words took as long as there were rows, in the commit that made it due. Its words are moved to tables for
-- ranges of seqs before anything else is done.
ALTER TABLE search RENAME TO search_unpartitioned;
