import type { AlertState } from "../../core/alert";
import type { MessageAct } from "../../notify/channels/channel";
import type { Channel } from "../../notify/deliver-deps";
import type { AlertShape } from "../../views/alerts";

/** What may be done about an alert under its message; nothing where the channel's readers may not, or several are meant. */
export function actsUnder(
  { kind, settings }: Pick<Channel, "kind" | "settings">,
  alert: Pick<AlertShape, "type" | "state"> | null,
  isAlone: boolean,
): MessageAct[] {
  if (alert === null || !isAlone || kind.acts?.(settings) !== true) return [];
  const feedback = alert.type === "SIGNAL" || alert.type === "ALPHA" ? (["took", "skipped"] as const) : [];
  return [...ofState[alert.state], ...feedback];
}

const ofState: Readonly<Record<AlertState, readonly MessageAct[]>> = {
  open: ["acknowledge", "mute"],
  acknowledged: ["mute"],
  resolved: [],
  expired: [],
};
