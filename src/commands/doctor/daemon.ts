import { wrongWith } from "../../views/daemon-status";
import { failed, ok, warning, type DoctorCheck } from "./finding";

/** What `status` says is wrong, too: the two never disagree. */
export const checkDaemon: DoctorCheck = ({ running }) => {
  if (running === null) return [ok("daemon", "none runs on this data folder")];
  if ("silent" in running) return [failed("daemon", running.silent)];
  const described = `process ${running.pid} at ${running.url}, ${running.status}, up ${running.system.uptime}`;
  const wrong = wrongWith(running).map((each) =>
    running.fault === null ? warning("daemon", each) : failed("daemon", each),
  );
  return wrong.length > 0 ? wrong : [ok("daemon", described)];
};
