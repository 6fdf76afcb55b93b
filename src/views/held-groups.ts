import { z } from "zod";
import { gates, type Gate } from "../core/decide/decision";
import type { Database } from "../store/db";
import { heldGroups, type HeldStretch } from "../store/held-groups";
import type { Reach } from "../store/reach";
import { decisionShape, shapeDecision } from "./decisions";
import { number, text, time } from "./fields";
import { isoOf } from "./shape";

/** What was held back, by symbol and gate. */
export const heldGroupsShape = z
  .object({
    since: time,
    complete: z.boolean().meta({ description: "false where there are more groups than were asked for" }),
    items: z
      .array(
        z.object({
          symbol: text,
          reason: z.enum(gates),
          count: z.number().int(),
          strongest: number.meta({ description: "the largest strength among them" }),
          first_at: time,
          newest: decisionShape,
        }),
      )
      .meta({ description: "the group with the newest first" }),
  })
  .meta({ id: "HeldGroups" });
export type HeldGroups = z.infer<typeof heldGroupsShape>;

export function heldGroupsView(database: Database, wanted: HeldStretch, reach: Reach = "far"): HeldGroups {
  const groups = heldGroups(database, wanted, reach);
  return {
    since: isoOf(wanted.since),
    complete: groups.length <= wanted.limit,
    items: groups.slice(0, wanted.limit).map(({ newest, count, strongest, firstAt }) => ({
      symbol: newest.symbol,
      reason: newest.word as Gate,
      count,
      strongest,
      first_at: isoOf(firstAt),
      newest: shapeDecision(newest),
    })),
  };
}
