import { exposureOf, namelessness } from "../../daemon/exposure";
import { sayServer } from "../print/server";
import { failed, ok, warning, type Examination } from "./finding";

/** Who can reach it, and what do they see on the way? */
export const examineExposure: Examination = ({ served }) => {
  if (served === null) return [];
  const { host, public_url: publicUrl, tls, proxies, allowed_hosts: allowedHosts, server } = served;
  const exposure = exposureOf({ host, encrypted: tls, proxies, publicUrl });
  const nameless = namelessness({ host, allowedHosts, publicUrl });
  const said = sayServer(server);
  return [
    exposure === null ? ok("network", `served on ${host}${tls ? " by TLS" : ""}${said.length === 0 ? "" : `; ${said.join(", ")}`}`) : failed("network", exposure),
    ...(nameless === null ? [] : [warning("network", nameless)]),
  ];
};
