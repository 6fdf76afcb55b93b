import type { Reading } from "../../core/reading";

/** What one element of a report was read as. */
export type Read = Omit<Reading, "notes">;

export const nothing: Read = { signals: [], opportunities: [], market: null, refusals: [] };
