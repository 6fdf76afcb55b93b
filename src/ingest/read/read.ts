import type { Reading } from "../../core/reading";

/** What one element of a report was read as. */
export type Read = Omit<Reading, "notes" | "parsers">;

export const nothing: Read = { signals: [], opportunities: [], market: null, refusals: [] };
