import { exposureOf, namelessness } from "../../daemon/exposure";
import { failed, ok, warning, type Examination } from "./finding";

/** Who can reach it, and what do they see on the way? */
export const examineExposure: Examination = ({ served }) => {
  if (served === null) return [];
  const { host, tls, proxies, allowed_hosts: allowedHosts } = served;
  const exposure = exposureOf({ host, encrypted: tls, proxies });
  const nameless = namelessness({ host, allowedHosts });
  return [
    exposure === null ? ok("network", tls ? `served on ${host} by TLS` : `served on ${host}`) : failed("network", exposure),
    ...(nameless === null ? [] : [warning("network", nameless)]),
  ];
};
