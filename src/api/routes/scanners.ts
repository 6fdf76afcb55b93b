import { z } from "zod";
import { scannerRunShape, type ScannerRun } from "../../views/scanner-run";
import { route, type Route } from "../route";

const scanBody = z.strictObject({ name: z.string().min(1).max(100) });

export interface ScannerDeps {
  /** Runs a scanner now and answers how it fared. Throws Problem where there is none of that name. */
  readonly scan: (name: string) => Promise<ScannerRun>;
}

export function scannerRoutes(deps: ScannerDeps): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/scan",
      need: "dashboard.settings.manage",
      summary: "Runs one scanner now, or joins the run under way, and answers when it has ended",
      body: scanBody,
      answer: scannerRunShape,
      handle: ({ body }) => deps.scan(body.name),
    }),
  ];
}
