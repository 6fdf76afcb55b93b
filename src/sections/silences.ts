import { silenceRoutes } from "../api/routes/silences";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { silenceDeps } from "../silences";

/** What people muted for a time. */
export function silencesSection(parts: DaemonParts): Section {
  const { storeWriter, metrics } = parts;
  return {
    name: "silences",
    routes: silenceRoutes(silenceDeps(parts)),
    gauges: () => metrics.silencesActive.set([...storeWriter.state.entries("silence")].length),
  };
}
