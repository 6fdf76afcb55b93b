import { exposureOf, namelessness } from "../../daemon/exposure";
import { failed, ok, warning, type Examination } from "./finding";

/** Who can reach it, and what do they see on the way? */
export const examineExposure: Examination = ({ config }) => {
  if ("refused" in config) return [];
  const exposure = exposureOf(config);
  const nameless = namelessness(config);
  return [
    exposure === null ? ok("network", config.tls === null ? `served on ${config.host}` : `served on ${config.host} by TLS`) : failed("network", exposure),
    ...(nameless === null ? [] : [warning("network", nameless)]),
  ];
};
