import type { DecisionContext } from "../context";
import type { ConfigRead } from "../../observation";
import { systemAlert, systemFingerprint } from "./system-alert";

export const configRefusedFingerprint = systemFingerprint("config-refused", "config");

/** The edited config cannot be used: what is decided goes by the one before, which its author does not expect. */
export function judgeConfig(context: DecisionContext, { refused }: ConfigRead): void {
  if (refused === null) return context.release(configRefusedFingerprint);
  context.hold(
    systemAlert({
      rule: "config-refused",
      subject: "config",
      kind: "state",
      priority: "medium",
      message: `The config file is refused, the one before holds: ${refused}`.slice(0, 500),
      source: null,
      expiresAt: null,
      details: { why: refused.slice(0, 500) },
    }),
  );
}
