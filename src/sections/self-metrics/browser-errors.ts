import type { BrowserError } from "../../api/routes/errors";
import type { Log } from "../../telemetry/log";
import type { Metrics } from "../../telemetry/metrics";

const windowMs = 60_000;
/** A page that fails in every frame must not fill the log: what is more than this in a minute is only counted. */
const loggedPerWindow = 30;

/** Takes down what went wrong in people's browsers. Times in ms. */
export function noteBrowserErrors({
  log,
  metrics,
  elapsed,
}: {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly elapsed: () => number;
}): (error: BrowserError, who: string) => void {
  let windowBegan = elapsed();
  let logged = 0;
  return (error, who) => {
    if (elapsed() - windowBegan >= windowMs) {
      windowBegan = elapsed();
      logged = 0;
    }
    const outcome = logged < loggedPerWindow ? "logged" : "counted";
    metrics.browserErrors.inc({ outcome });
    if (outcome === "counted") return;
    logged += 1;
    log.warn({ who, page: error.page, version: error.version, stack: error.stack }, `in a browser: ${error.message}`);
  };
}
