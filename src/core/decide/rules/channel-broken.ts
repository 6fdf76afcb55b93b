import type { ChannelFared } from "../../observation";
import type { DecisionContext } from "../context";
import type { State } from "../state";
import { systemAlert, systemFingerprint } from "./system-alert";

const rule = "channel-broken";

/** A channel that takes nothing until a person has mended it: what it should carry waits, so the others say so. */
export function judgeChannel(context: DecisionContext, { channel, broken, advice, removed }: ChannelFared): void {
  if (broken === null)
    return context.release(systemFingerprint(rule, channel), removed === true ? "gone" : "condition-over");
  context.hold(
    systemAlert({
      rule,
      subject: channel,
      kind: "state",
      priority: "high",
      message: `Channel ${channel} is broken: ${[broken, advice].filter((part) => part !== null).join("; ")}`.slice(
        0,
        500,
      ),
      source: null,
      expiresAt: null,
      details: { channel, why: broken.slice(0, 500), advice },
    }),
  );
}

/** Which channels are said to be broken. */
export function brokenChannels(state: State): string[] {
  return [...state.entries("condition")].flatMap(([fingerprint]) => {
    const [, name, channel] = JSON.parse(fingerprint) as string[];
    return name === rule && channel !== undefined ? [channel] : [];
  });
}
