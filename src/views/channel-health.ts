import { formatCount } from "../core/text";
import type { ChannelStanding } from "./channels";
import type { Found } from "./health";

/** One that is broken is sent nothing before a person has mended it. */
export function judgeChannels(channels: readonly ChannelStanding[]): Found {
  if (channels.length === 0) return { status: "skipped", message: "there are none" };
  const ill = [...inState(channels, "broken"), ...inState(channels, "failing")];
  if (ill.length === 0) return { status: "healthy", message: `${formatCount(channels.length, "channel")}, none fails` };
  const isBroken = ill.some(({ state }) => state === "broken");
  return { status: isBroken ? "unhealthy" : "degraded", message: ill.map(describe).join("; ") };
}

function inState(channels: readonly ChannelStanding[], state: ChannelStanding["state"]): ChannelStanding[] {
  return channels.filter((channel) => channel.state === state);
}

function describe({ name, state, last_answer: answer, waiting }: ChannelStanding): string {
  const why = answer === null ? "" : `: ${answer}`;
  return `${name} is ${state}${why}${waiting === 0 ? "" : `; ${formatCount(waiting, "delivery waits", "deliveries wait")}`}`;
}
