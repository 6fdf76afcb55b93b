import type { UserAlert } from "../core/decide/rules/rule-answer";
import type { RuleContext, RuleObservation, UserRule } from "../core/settings";
import type { ConfigFile, SourceFile } from "./schema";

/** Types the config and changes nothing: `export default defineConfig({...})`. */
export function defineConfig(config: ConfigFile): ConfigFile {
  return config;
}

/** A folder of JSON reports. Without `dir` it is the default folder, made where it is missing. */
export function reports(source: Omit<SourceFile, "kind" | "name"> & { name?: string } = {}): SourceFile {
  return { ...source, kind: "reports", name: source.name ?? "reports" };
}

/** A rule of your own: a plain function that sees one observation and may answer with an alert, at once. */
export function rule(
  name: string,
  judge: (observation: RuleObservation, context: RuleContext) => UserAlert | undefined,
): UserRule {
  return { name, judge };
}
