import type { Condition } from "../core/decide/state";
import type { ScanOutcome, ScannerStatus } from "./scheduler";

/** One failure may be a blip; a second in a row, or a scan that hangs, is reported. */
const failuresToReport = 2;
/** So much that could not be had is as bad as a failure: it does not end an alert that says one. */
const mostlyMissing = 0.5;

/** Of how scans end, what is worth an alert: that a scanner fails, and that it no longer does. */
export class FailureReports {
  constructor(
    private readonly deps: {
      /** That it fails, where that is known already. */
      readonly conditionOf: (scanner: string) => Condition | undefined;
      /** `failing`: why; null where it does not. */
      readonly report: (scanner: string, failing: string | null) => void;
    },
  ) {}

  ended(
    scanner: string,
    outcome: ScanOutcome,
    { failures, lastError, lacks }: Pick<ScannerStatus, "failures" | "lastError" | "lacks">,
  ): void {
    if (outcome === "succeeded" || (lacks !== null && lacks.share < mostlyMissing)) this.#report(scanner, null);
    else if (outcome === "timed-out" || failures >= failuresToReport) this.#report(scanner, lastError ?? outcome);
  }

  overdue(scanner: string, why: string): void {
    this.#report(scanner, why);
  }

  /** By what is stored: an earlier run of the program may have reported it. One that was held back is reported again. */
  #report(scanner: string, failing: string | null): void {
    const condition = this.deps.conditionOf(scanner);
    const isLogged = condition?.alertSeq !== undefined && condition.alertSeq !== null;
    if (failing === null ? condition !== undefined : !isLogged) this.deps.report(scanner, failing);
  }
}
