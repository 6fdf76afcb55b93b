import { z } from "zod";
import type { QuarantineFilter } from "../store/filters/quarantine";
import { listQuarantine, type QuarantineRow } from "../store/quarantine";
import { isoOf } from "./shape";
import type { Database } from "../store/db";
import type { Reach } from "../store/reach";
import { pageOf, type ListOf } from "./page";

export { quarantineFilter } from "../store/filters/quarantine";

export const quarantineShape = z
  .object({
    file: z.string().meta({ description: "relative to its source's folder; file#2 is an element of a file of many" }),
    source: z.string(),
    reason: z.string(),
    detail: z.string(),
    first_seen: z.iso.datetime(),
    last_seen: z.iso.datetime(),
    attempts: z.number().int(),
  })
  .meta({ id: "QuarantinedFile" });
export type QuarantineShape = z.infer<typeof quarantineShape>;

export function quarantineList(
  database: Database,
  filter: QuarantineFilter,
  reach: Reach = "far",
): ListOf<QuarantineShape> {
  return pageOf(listQuarantine(database, filter, reach), shapeQuarantine);
}

function shapeQuarantine(row: QuarantineRow): QuarantineShape {
  return {
    file: row.element === 0 ? row.path : `${row.path}#${row.element}`,
    source: row.source,
    reason: row.reason,
    detail: row.detail,
    first_seen: isoOf(row.firstSeen),
    last_seen: isoOf(row.lastSeen),
    attempts: row.attempts,
  };
}
