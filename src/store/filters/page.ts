import { z } from "zod";
import { since, until, whole } from "../../core/query-text";
import type { Page } from "../paging";

/** What every list takes, as text. */
export const pageFields = {
  limit: whole(1, 100).optional().describe("Items on a page, 50 where left out; a download is whole."),
  cursor: z.string().max(100).optional().describe("next_cursor of the page before."),
  since: since.optional(),
  until: until.optional(),
  format: z
    .enum(["json", "csv", "jsonl"])
    .optional()
    .describe("csv and jsonl download the whole filter, up to export.max_rows; they need dashboard.export.data."),
};

/** Which way round a list goes. */
export const order = z
  .enum(["asc", "desc"])
  .optional()
  .describe("desc where left out; rows without the value come last either way.");

/** What a noun's list is narrowed by, as its schema reads it from text. */
export type Narrowed<S extends z.ZodType> = Readonly<Partial<Omit<z.output<S>, keyof typeof pageFields>>>;

/** The same, and which part of the list. */
export type Filter<S extends z.ZodType> = Page & Narrowed<S>;
