import { Control } from "../ask/control";
import { failed, ok, warning, wordsOf, type Examination } from "./finding";

export const examineDaemon: Examination = async ({ data }) => {
  try {
    const running = await new Control(data).status();
    if (running === null) return [ok("daemon", "none runs on this data folder")];
    if (running.fault !== null) return [failed("daemon", `process ${running.pid} can store nothing: ${running.fault}`)];
    const told = `process ${running.pid} at ${running.url}, ${running.status}, up ${running.system.uptime}`;
    return [running.status === "unhealthy" ? warning("daemon", told) : ok("daemon", told)];
  } catch (error) {
    return [failed("daemon", wordsOf(error))];
  }
};
