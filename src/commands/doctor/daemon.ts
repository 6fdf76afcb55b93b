import { wrongWith } from "../status/standing";
import { failed, ok, warning, type Examination } from "./finding";

/** What `status` says is wrong, too: the two never disagree. */
export const examineDaemon: Examination = ({ running }) => {
  if (running === null) return [ok("daemon", "none runs on this data folder")];
  if ("silent" in running) return [failed("daemon", running.silent)];
  const told = `process ${running.pid} at ${running.url}, ${running.status}, up ${running.system.uptime}`;
  const wrong = wrongWith(running).map((each) => (running.fault === null ? warning("daemon", each) : failed("daemon", each)));
  return wrong.length > 0 ? wrong : [ok("daemon", told)];
};
