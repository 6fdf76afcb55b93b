import { formatCount, formatDuration } from "../../core/text";
import { exposureOf, namelessness } from "../../api/border/exposure";
import { printServer } from "../print/server";
import { failed, ok, warning, type DoctorCheck } from "./finding";

/** Who can reach it, and what do they see on the way? */
export const checkExposure: DoctorCheck = ({ served, obstacles, running }) => {
  if (served === null) return [];
  const { host, public_url: publicUrl, tls, proxies, allowed_hosts: allowedHosts, server } = served;
  const exposure = exposureOf({ host, encrypted: tls, proxies, publicUrl });
  const nameless = namelessness({ host, allowedHosts, publicUrl });
  const mistakes = running !== null && "proxy_mistakes" in running ? running.proxy_mistakes : [];
  const described = printServer(server);
  return [
    exposure === null
      ? ok(
          "network",
          `served on ${host}${tls ? " by TLS" : ""}${described.length === 0 ? "" : `; ${described.join(", ")}`}`,
        )
      : failed("network", exposure),
    ...(nameless === null ? [] : [warning("network", nameless)]),
    ...obstacles.filter(({ kind }) => kind === "sign-in").map(({ message }) => failed("network", message)),
    ...mistakes.map(({ message, times, last_at: lastAt }) =>
      warning(
        "proxy",
        `${message} Seen ${formatCount(times, "time")}, last ${formatDuration(Math.max(0, Date.now() - Date.parse(lastAt)))} ago.`,
      ),
    ),
  ];
};
