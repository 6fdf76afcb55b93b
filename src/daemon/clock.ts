import { Problem } from "../api/problems";
import type { Actor } from "../auth/accounts";
import type { Audit } from "../auth/audit";
import type { ClockConfirmed } from "../views/daemon-status";
import { isoOf } from "../views/shape";
import type { DaemonParts } from "./parts";

/** Takes a person's word that the clock is right, into the audit log too. Throws Problem where it is not stored. */
export function confirmClock({ writer, retention, now }: DaemonParts, audit: Audit, by: Actor): ClockConfirmed {
  const aheadSeconds = Math.round((retention.doubt?.byMs ?? 0) / 1000);
  const at = now();
  const stored = retention.confirm(() =>
    audit({
      at,
      ...by,
      what: "clock.confirmed",
      subject: null,
      before: { ahead_seconds: aheadSeconds },
      after: null,
    }),
  );
  if (!stored) throw new Problem("not-stored", writer.trouble ?? undefined);
  return { now: isoOf(at), ahead_seconds: aheadSeconds };
}
