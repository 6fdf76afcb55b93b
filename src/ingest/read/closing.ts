import type { Direction } from "../../core/signal";
import { wordedOf, type Worded } from "./direction-words";
import { look, type Entry } from "./entry";
import { isPlaceholder } from "./placeholder";
import { isObject, type JsonObject, type JsonValue } from "./value";

/** Where an entry says that a position is given up or an order called off, whatever side it names. */
export interface Closing {
  readonly key: string;
  readonly value: JsonValue;
  readonly direction: Extract<Direction, "exit" | "neutral">;
  /** The report's own word for it. */
  readonly word: string;
}

/** The side an entry names, and its word for it. */
interface Traded {
  readonly side: string;
  readonly word: string;
}

type ClosingKey = "words" | "flag" | "reason" | "size" | "side";

const listed = (meaning: ClosingKey, keys: string) => keys.split(" ").map((key) => [key, meaning] as const);
/**
 * How senders spell it: of words only those that say so count, a flag where it is true, a reason by being there, a
 * size of 0, a side left that is not the one traded.
 */
const spoken: ReadonlyMap<string, ClosingKey> = new Map([
  ...listed(
    "words",
    "type event event_type eventType event_name order order_action orderAction order_type orderType " +
      "order_id orderId order_comment orderComment comment side intent reason",
  ),
  ...listed(
    "words",
    "position_intent position_effect positionEffect instruction offset status order_status orderStatus " +
      "trade_status tradeStatus position_status trade_type trade_action tradeAction msg_type message_type " +
      "kind",
  ),
  ...listed(
    "flag",
    "reduceOnly reduce_only reduceonly closePosition close_position closeOnly close_only is_exit isExit " +
      "is_close isClose close_on_trigger closeOnTrigger exit close is_final_exit",
  ),
  ...listed("reason", "exit_reason exitReason sell_reason sellReason close_reason closeReason"),
  ...listed("size", "market_position_size marketPositionSize"),
  ...listed("side", "market_position marketPosition position_side positionSide pos_side posSide"),
]);
/** Objects such keys stand in, one deeper. */
const around = new Set(["order", "strategy", "strategy_info", "params", "trade", "position"]);

/** The first closing an entry states, a called-off order before a closed position; null where it states none. */
export function closingOf(entry: Entry): Closing | null {
  let exit: Closing | null = null;
  for (const closing of closings(entry)) {
    if (closing.direction === "neutral") return closing;
    exit ??= closing;
  }
  return exit;
}

function* closings(entry: Entry): Iterable<Closing> {
  let traded: Traded | null = null;
  for (const { key, value } of look(entry, "direction")) {
    const worded = typeof value === "string" ? wordedOf(value) : null;
    if (worded === null || typeof value !== "string") continue;
    const closing = statedIn(key, value, worded);
    if (closing !== null) yield closing;
    if (worded.side !== null) traded ??= { side: worded.side, word: value };
  }
  for (const { object, prefix } of entry.layers) {
    yield* closingsIn(object, prefix, traded);
    for (const name of around) {
      const inner = Object.hasOwn(object, name) ? object[name] : undefined;
      if (isObject(inner)) yield* closingsIn(inner, `${prefix}${name}.`, traded);
    }
  }
}

function* closingsIn(object: JsonObject, prefix: string, traded: Traded | null): Iterable<Closing> {
  for (const key of Object.keys(object)) {
    const meaning = spoken.get(key);
    const value = meaning === undefined ? undefined : object[key];
    if (meaning === undefined || value === undefined || value === null || isObject(value)) continue;
    const closing = closingIn(meaning, prefix + key, value, traded);
    if (closing !== null) yield closing;
  }
}

function closingIn(meaning: ClosingKey, key: string, value: JsonValue, traded: Traded | null): Closing | null {
  const last = key.slice(key.lastIndexOf(".") + 1);
  switch (meaning) {
    case "flag":
      return isTrue(value, last) ? { key, value, direction: "exit", word: last } : null;
    case "reason":
      return typeof value === "string" && !isPlaceholder(value) ? { key, value, direction: "exit", word: value } : null;
    case "size":
      return value === 0 || (typeof value === "string" && /^\s*0+(?:\.0*)?\s*$/.test(value))
        ? { key, value, direction: "exit", word: last }
        : null;
    case "words":
    case "side": {
      const worded = typeof value === "string" ? wordedOf(value) : null;
      if (worded === null || typeof value !== "string") return null;
      const closing = statedIn(key, value, worded);
      if (closing !== null || meaning === "words") return closing;
      // Selling while the position is long takes off from it, and buys nothing back short.
      const isAgainst =
        traded !== null &&
        traded.side !== "neutral" &&
        worded.side !== null &&
        worded.side !== "neutral" &&
        worded.side !== traded.side;
      return isAgainst ? { key, value, direction: "exit", word: traded.word } : null;
    }
  }
}

function statedIn(key: string, word: string, { act }: Worded): Closing | null {
  return act === "exit" || act === "cancel"
    ? { key, value: word, direction: act === "exit" ? "exit" : "neutral", word }
    : null;
}

/** A `close` or `exit` of 1 may be a price. */
function isTrue(value: JsonValue, key: string): boolean {
  if (value === true || (typeof value === "string" && /^\s*(?:true|yes)\s*$/i.test(value))) return true;
  return key !== "close" && key !== "exit" && (value === 1 || value === "1");
}
