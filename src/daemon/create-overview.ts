import { defaultTimeframe, Overview, type Timeframe } from "../views/overview";
import type { OverviewShape } from "../views/overview-shape";
import { PreparedOverviews } from "../views/prepared";
import type { SystemStatusShape } from "../views/system-status";
import { exchangesOf } from "./exchanges";
import type { DaemonParts } from "./parts";

/** The overview as the database has it, and its prepared bytes. `snapshot`: the usual one as it is now. */
export function createOverview(
  parts: Pick<DaemonParts, "started" | "reader" | "metrics" | "now" | "elapsed" | "demo">,
  systemStatus: () => SystemStatusShape,
): Pick<DaemonParts, "overview" | "prepared"> & { readonly snapshot: () => OverviewShape } {
  const { started, reader, metrics, now, elapsed, demo } = parts;
  const overview = new Overview(exchangesOf(started).map(({ name }) => name));
  overview.load(reader, now());
  const overviewAt = (timeframe: Timeframe) => overview.at(timeframe, now(), systemStatus(), demo);
  const prepared = new PreparedOverviews(overview, overviewAt, elapsed, (seconds) =>
    metrics.viewSeconds.observe(seconds, { view: "overview" }),
  );
  return { overview, prepared, snapshot: () => overviewAt(defaultTimeframe) };
}
