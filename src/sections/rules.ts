import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { judgeRules } from "../views/health-checks";

/** The user's own rules. */
export function rulesSection({ rules }: DaemonParts): Section {
  return {
    name: "rules",
    groups: (config) => ({ rules: (config.file.rules ?? []).map(({ name }) => name) }),
    health() {
      const { status } = rules;
      return status.rules.length > 0 ? [{ name: "rules", judge: () => judgeRules(status) }] : [];
    },
  };
}
