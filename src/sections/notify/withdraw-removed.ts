import { formatCount } from "../../core/text";
import type { DaemonParts } from "../../daemon/parts";
import type { Keeper } from "./keeper";

type Parts = Pick<DaemonParts, "storeWriter" | "log" | "now">;

/** Takes back what is due to channels that are no more, and forgets how they fared: one of the same name begins anew. */
export function withdrawRemoved(parts: Parts, keeper: Keeper, names: readonly string[]): void {
  const { deliveries } = parts.storeWriter;
  const gone = new Set(
    [...deliveries.channelsDue(), ...deliveries.channels.names()].filter((name) => !names.includes(name)),
  );
  for (const channel of gone) void withdraw(parts, keeper, channel);
}

/** In parts, as a pile is marked. */
async function withdraw({ storeWriter, log, now }: Parts, keeper: Keeper, channel: string): Promise<void> {
  const at = now();
  const mark = { state: "withdrawn", endedAt: at, lastAnswer: "the channel was removed" } as const;
  const marks = storeWriter.deliveries.dueTo(channel).map((seq) => ({ seq, ...mark }));
  if (!(await keeper.keep({ channel, marks, counted: null, health: null, hastens: false }, at))) return;
  if (!(await keeper.submit({ mark: ({ deliveries }) => deliveries.channels.remove(channel) }))) return;
  if (marks.length === 0) return;
  const count = formatCount(marks.length, "delivery", "deliveries");
  log.warn({ channel, withdrawn: marks.length }, `channel ${channel} is no more: ${count} withdrawn`);
}
