import { z } from "zod";

/** What came of reading a file in quarantine once more. */
const retriedFileShape = z
  .object({
    file: z.string().meta({ description: "as the list of the quarantine names it" }),
    source: z.string(),
    outcome: z.enum(["read", "refused", "gone", "waiting"]).meta({
      description:
        "read: it has left quarantine; refused: it stays there; gone: there is no such file any more; waiting: it has not been read yet",
    }),
    reason: z.string().nullable().meta({ description: "why it is in quarantine still" }),
    detail: z.string().nullable(),
  })
  .meta({ id: "RetriedFile" });
export type RetriedFile = z.infer<typeof retriedFileShape>;

/** `retried`: every file that was tried, whatever came of it. */
export const retriedShape = z.object({ retried: z.array(z.string()), items: z.array(retriedFileShape) });

export function retriedOf(items: readonly RetriedFile[]): z.infer<typeof retriedShape> {
  return { retried: [...new Set(items.map(({ file }) => file))], items: [...items] };
}
