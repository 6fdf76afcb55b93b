import { failed, ok, type Examination } from "./finding";

export const examineConfig: Examination = ({ config }) => {
  if ("refused" in config) return config.refused.split("\n").map((line) => failed("config", line.replace(/^config: /, "")));
  return [ok("config", config.path === null ? "no virtuoso.config.ts here, the defaults hold" : `${config.path} can be used`)];
};
