import { deliveryRoutes } from "../api/routes/deliveries";
import { listingOf } from "../daemon/listing";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";

/** What people see and change of channels and of what was sent over them. */
export function channelsSection(parts: DaemonParts): Section {
  return {
    name: "channels",
    routes: [...deliveryRoutes(listingOf(parts))],
  };
}
