import type { DecisionContext } from "../context";
import type { SourceUnreachable, SourceWatched } from "../../observation";
import { formatDuration } from "../../text";
import { systemAlert, systemFingerprint } from "./system-alert";

/** A folder replaced in one go is away for a moment; that is no news. */
const unreachableForMs = 30_000;

export function loseSource({ state, now }: DecisionContext, { source, why }: SourceUnreachable): void {
  const before = state.get("source", source);
  state.set("source", source, {
    watched: false,
    since: before && !before.watched ? before.since : now,
    why,
    everWatched: before?.everWatched ?? false,
    spokeAt: before?.spokeAt ?? null,
  });
}

export function regainSource(context: DecisionContext, { source }: SourceWatched): void {
  const { state, now } = context;
  const before = state.get("source", source);
  state.set("source", source, {
    watched: true,
    since: now,
    why: null,
    everWatched: true,
    spokeAt: before?.spokeAt ?? null,
  });
  context.release(systemFingerprint("source-unreachable", source));
}

export function judgeReach(context: DecisionContext): void {
  for (const [source, watch] of context.state.entries("source")) {
    if (watch.watched || context.now - watch.since < unreachableForMs) continue;
    context.hold(
      systemAlert({
        rule: "source-unreachable",
        subject: source,
        kind: "state",
        priority: "high",
        message: `The folder of ${source} cannot be read for ${formatDuration(context.now - watch.since)}: ${watch.why ?? "unknown"}`,
        source,
        expiresAt: null,
        details: { since: watch.since, why: watch.why },
      }),
    );
  }
}
