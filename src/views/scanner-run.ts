import { z } from "zod";

const time = z.iso.datetime().nullable();

/** How a run of a scanner ended. */
export const scannerRunShape = z
  .object({
    name: z.string(),
    saw: z.string().nullable().meta({ description: "what it saw, in words; null where it failed or could not begin" }),
    error: z.string().nullable().meta({ description: "why it failed" }),
    waits_for: z.string().nullable().meta({ description: "what it has to wait for before it can begin" }),
    failures: z.number().int().meta({ description: "in a row" }),
    last_success_at: time,
  })
  .meta({ id: "ScannerRun" });
export type ScannerRun = z.infer<typeof scannerRunShape>;
