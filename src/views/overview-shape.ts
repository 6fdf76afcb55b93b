import { z } from "zod";
import { alertShape } from "./alerts";
import { time } from "./fields";
import { agedMarketShape } from "./market";
import { agedOpportunityShape } from "./opportunities";
import { signalShape } from "./signals";
import { systemStatusShape } from "./system-status";

export const overviewShape = z
  .object({
    timestamp: time,
    demo: z.boolean(),
    signals: z.array(signalShape),
    market: agedMarketShape,
    alerts: z.array(alertShape),
    alpha_opportunities: z.array(agedOpportunityShape),
    held_back: z.record(z.string(), z.number().int()),
    system_status: systemStatusShape,
  })
  .meta({ id: "Overview" });
export type OverviewShape = z.infer<typeof overviewShape>;
