import type { Direction } from "../../core/signal";

/** What a sender's words say: a side, and whether it is opened, given up, or its order called off. */
export interface Worded {
  readonly side: Exclude<Direction, "exit"> | null;
  readonly act: "enter" | "exit" | "cancel" | null;
}

/** A direction and the report's own word for it. */
export interface WordedDirection {
  readonly direction: Direction;
  readonly word: string;
}

const sides: ReadonlyMap<string, Worded["side"]> = new Map([
  ...["BUY", "LONG", "BULLISH"].map((word) => [word, "long"] as const),
  ...["SELL", "SHORT", "BEARISH"].map((word) => [word, "short"] as const),
  ...["HOLD", "NEUTRAL", "WATCH"].map((word) => [word, "neutral"] as const),
]);

const listed = (words: string) => words.split(" ");
const acts: ReadonlyMap<string, Worded["act"]> = new Map([
  ...listed("ENTER ENTERED ENTRY ENTRIES OPEN OPENED OPENING ADD STRONG GO").map((word) => [word, "enter"] as const),
  ...listed(
    "EXIT EXITS EXITED EXITING CLOSE CLOSES CLOSED CLOSING CLOSETODAY CLOSEYESTERDAY CLOSEALL FLAT " +
      "FLATTEN FLATTENED COVER COVERED COVERING REDUCE REDUCED REDUCING REDUCEONLY " +
      "TRIM TRIMMED TRIMMING UNWIND UNWOUND LIQUIDATE LIQUIDATED LIQUIDATION STOPPED STOPOUT STOPLOSS " +
      "TAKEPROFIT TAKEPROFITS SQUAREOFF SELLOFF DELEVERAGE DELEVERAGED ADL",
  ).map((word) => [word, "exit"] as const),
  ...listed(
    "CANCEL CANCELED CANCELLED CANCELS CANCELING CANCELLING CANCELLATION CANCELALL ABORT ABORTED REJECT " +
      "REJECTED EXPIRED INVALIDATED VOID VOIDED",
  ).map((word) => [word, "cancel"] as const),
]);

/** Several words that say together what none says alone. */
const PHRASES =
  /\b(?:TAKE PROFITS?|TAKING PROFITS?|PROFITS? TAKEN|BOOK(?:ED|ING)? PROFITS?|STOP LOSS(?:ES)?|STOP OUT|STOP HIT|TRAILING STOP|TRAIL STOP|TARGETS?(?: \d+)? (?:HIT|REACHED|DONE)|SQUARED? OFF|SCAL(?:E|ED|ING) OUT|BREAK ?EVEN HIT|SELL OFF)\b/g;
const LEVEL_HIT = /^(?:TP|SL|TSL)\d*(?:HIT)?$/;
/** What may stand beside them and changes nothing. Any other word makes a text say nothing sure. */
const beside = new Set(
  listed(
    "POSITION POSITIONS ORDER ORDERS TRADE TRADES SIGNAL ALL ENTIRE FULL FULLY HALF PARTIAL PARTIALLY " +
      "PART FILL FILLED FILLS HIT REACHED TRIGGERED DONE OUT OFF TO THE MARKET LIMIT NOW FINAL",
  ),
);
/** Only of an exit: how much of it, or which of its levels. */
const AMOUNT = /^\d{1,3}(?:\.\d+)?%?$/;
const WRITTEN = /^[A-Za-z0-9%][A-Za-z0-9 _\-.:/()%]{0,79}$/;

const plain: ReadonlyMap<string, Worded> = new Map([...sides].map(([word, side]) => [word, { side, act: null }]));

/**
 * What a text of nothing but such words says, in any case and with any divider; null where it is none. `exitLong`,
 * `TP1 hit`, `buy to cover`.
 */
export function wordedOf(text: string): Worded | null {
  const trimmed = text.trim();
  const ready = plain.get(trimmed.toUpperCase());
  if (ready !== undefined) return ready;
  if (!WRITTEN.test(trimmed)) return null;
  const spaced = trimmed
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace("(s)", "")
    .toUpperCase()
    .replace(/[^A-Z0-9.%]+|\.(?!\d)/g, " ");
  const normalised = spaced.replace(PHRASES, "EXIT");
  return sumUp(normalised.trim().split(/\s+/));
}

/** The direction a text means; null where it means none, such as a mere "entry". What is called off is neither a side nor an exit. */
export function directionOf(text: string): Direction | null {
  const worded = wordedOf(text);
  if (worded === null) return null;
  if (worded.act === "cancel") return "neutral";
  return worded.act === "exit" ? "exit" : worded.side;
}

function sumUp(words: readonly string[]): Worded | null {
  const found = new Set<Worded["act"]>();
  const named = new Set<Worded["side"]>();
  let amounts = false;
  for (const word of words) {
    const side = sides.get(word);
    const act = LEVEL_HIT.test(word) ? "exit" : acts.get(word);
    if (side !== undefined) named.add(side);
    else if (act !== undefined) found.add(act);
    else if (AMOUNT.test(word)) amounts = true;
    else if (!beside.has(word)) return null;
  }
  const act = (["cancel", "exit", "enter"] as const).find((each) => found.has(each)) ?? null;
  if (act === "cancel" || act === "exit") return { side: named.size === 1 ? ([...named][0] ?? null) : null, act };
  if (amounts || named.size > 1 || (act === null && named.size === 0)) return null;
  return { side: [...named][0] ?? null, act };
}
