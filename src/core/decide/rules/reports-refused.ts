import { dayMs, minuteMs } from "../../duration";
import type { DecisionContext } from "../context";
import type { ReportObserved } from "../../observation";
import type { Intake } from "../state";
import { formatCount } from "../../text";
import { systemAlert, systemFingerprint } from "./system-alert";

const withinMs = 10 * minuteMs;
const refusedAtOnce = 5;
const lastReports = 50;
const refusedShare = 0.2;
/** With nothing refused for so long, the share is history. */
const shareStandsForMs = dayMs;

/** Keeps how the report was received; one completed later is no longer held against its source. */
export function noteIntake(context: DecisionContext, { source, file, refusals }: ReportObserved): void {
  const before = context.state.get("intake", source) ?? { refused: [], recent: [] };
  const refused = refusals.length > 0;
  const others = before.recent.filter((each) => each.file !== file);
  const recent = refused ? [...others, { at: context.now, file }].slice(-lastReports) : others;
  context.state.set("intake", source, { refused: [...before.refused, refused].slice(-lastReports), recent });
  judgeIntake(context, source);
}

export function judgeEveryIntake(context: DecisionContext): void {
  for (const [source] of context.state.entries("intake")) judgeIntake(context, source);
}

function judgeIntake(context: DecisionContext, source: string): void {
  const intake = context.state.get("intake", source);
  if (!intake) return;
  const lately = intake.recent.filter(({ at }) => context.now - at < withinMs).length;
  const share = shareRefused(intake);
  const lastRefusedAt = intake.recent.at(-1)?.at ?? Number.NEGATIVE_INFINITY;
  const isOld = context.settings.edition >= 1 && context.now - lastRefusedAt >= shareStandsForMs;
  const holds = lately >= refusedAtOnce || (share !== null && share > refusedShare && !isOld);
  if (!holds) return context.release(systemFingerprint("reports-refused", source));
  context.hold(
    systemAlert({
      rule: "reports-refused",
      subject: source,
      kind: "state",
      priority: "medium",
      message:
        lately >= refusedAtOnce
          ? `${source}: ${formatCount(lately, "report")} refused within 10 min`
          : `${source}: ${intake.refused.filter(Boolean).length} of the last ${lastReports} reports refused`,
      source,
      expiresAt: null,
      details: { lately, share },
    }),
  );
}

/** Null until there are enough reports for a share to mean anything. */
function shareRefused({ refused }: Intake): number | null {
  return refused.length < lastReports ? null : refused.filter(Boolean).length / lastReports;
}
