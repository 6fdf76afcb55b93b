import { dayMs } from "../core/duration";
import { formatMatch, matches } from "../core/matcher";
import type { Silence, SilenceTerms } from "../core/silence";
import { MemoryState, StateOverlay } from "../core/decide/state";
import { Replay } from "../replay";
import type { Database } from "../store/db";
import { storedObservations, storedSettings } from "../store/observed";
import { isoOf } from "../views/shape";
import type { SilencePreview } from "../views/silences";
import { runUpMs, stretchOf, turnMs } from "./stretch";

/** Of none that was made: it is there under this name in the state that is replayed. */
const key = "0";

/**
 * Shows the last 7 days to the same code that decides live, with the silence holding all the while; as it then would be
 * counted, so it is here. What the user's rules answered stands in what is replayed.
 */
export async function previewSilence(
  database: Database,
  { match, includeHigh }: Pick<SilenceTerms, "match" | "includeHigh">,
  now: number,
): Promise<SilencePreview> {
  const { since, complete } = stretchOf(database, now);
  const replay = new Replay(storedSettings(database));
  const silence = { ...unused, match, includeHigh, createdAt: since, endsAt: now + 365 * dayMs };
  let placed = false;
  let highLeft = 0;
  let turnBegan = performance.now();
  for (const observation of storedObservations(database, { receivedSince: since - runUpMs })) {
    if (observation.receivedAt > now) break;
    if (!placed && observation.receivedAt >= since) placed = place(replay.state, silence);
    const all = replay.showUnderOtherSettings(observation).flatMap(({ raised }) => raised);
    if (placed) highLeft += all.filter((alert) => alert.priority === "high" && matches(match, alert)).length;
    if (performance.now() - turnBegan < turnMs) continue;
    await Bun.sleep(0);
    turnBegan = performance.now();
  }
  const { hidden, hiddenHigh } = replay.state.get("silence", key) ?? silence;
  const words = `${formatMatch(match)} would have hidden ${hidden} in 7 days, ${hiddenHigh} high`;
  return {
    since: isoOf(since),
    until: isoOf(now),
    complete,
    hidden,
    hidden_high: hiddenHigh,
    high_left: highLeft,
    words: highLeft === 0 ? words : `${words}; ${highLeft} high would go out all the same`,
  };
}

const unused = {
  comment: "",
  by: "",
  untilAlertSeq: null,
  hidden: 0,
  hiddenHigh: 0,
  lastHidAt: null,
  announced: true,
} satisfies Partial<Silence>;

function place(state: MemoryState, silence: Silence): true {
  const overlay = new StateOverlay(state);
  overlay.set("silence", key, silence);
  state.apply(overlay);
  return true;
}
