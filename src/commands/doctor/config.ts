import type { DaemonStatus } from "../../views/daemon-status";
import { failed, ok, warning, type DoctorCheck, type Finding } from "./finding";

export const checkConfig: DoctorCheck = ({ config, configNamed, running }) => {
  // This shell has another environment, and perhaps another file before it: what runs knows by what.
  if (!configNamed && running !== null && "runs_with" in running) return checkRunning(running.runs_with);
  if ("refused" in config)
    return config.refused.split("\n").map((line) => failed("config", line.replace(/^config: /, "")));
  return [
    ok("config", config.path === null ? "no virtuoso.config.ts here, the defaults hold" : `${config.path} can be used`),
  ];
};

function checkRunning({
  config: path,
  config_refused: refused,
  restart_needed: restart,
}: DaemonStatus["runs_with"]): Finding[] {
  if (refused !== null) return refused.split("\n").map((line) => failed("config", `what held before stays: ${line}`));
  if (restart.length > 0)
    return [
      warning(
        "config",
        `${path ?? "the config"} says other than what the daemon was started with, and holds after a restart: ${restart.join(", ")}`,
      ),
    ];
  return [ok("config", path === null ? "the daemon was started without a config file" : `the daemon goes by ${path}`)];
}
