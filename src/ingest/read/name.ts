import { directionOf, wordedOf, type WordedDirection } from "./direction-words";
import { momentInZone } from "./zone";
import { fromEpoch, wallMsOf, type Moment } from "./moment";
import { endsInQuote, isQuote } from "../../core/quotes";
import { symbolOf, type NamedSymbol } from "../../core/symbol";

/** What a report's name gives, to fill what its body lacks. */
export interface NameHints {
  readonly symbol: NamedSymbol | null;
  readonly direction: WordedDirection | null;
  readonly score: number | null;
  readonly time: Moment | null;
  readonly isMarketReport: boolean;
}

const STAMP = /(?:^|_)(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})(?!\d)/;
const MARKET_REPORT = /^market_report(?:_|$)/i;
const MARKET_EPOCH = /^market_report_(\d{10}(?:\d{3})?)(?!\d)/i;
const SCORE = /^(\d{1,3})p(\d{1,4})$/i;
const MARK = /^\d{6,}/;
/** Words that begin a name without being a symbol. */
const COMMON = new Set([
  "SIGNAL",
  "SIGNALS",
  "REPORT",
  "REPORTS",
  "ALERT",
  "MARKET",
  "DATA",
  "LATEST",
  "TEST",
  "ANALYSIS",
  "TRADE",
]);

/** The hints in a path relative to its source's folder; times without a zone are in the source's. */
export function readName(path: string, zone: string, arrivedAt: number | null = null): NameHints {
  const folders = path.split("/");
  const stem = (folders.pop() ?? "").replace(/\.json$/i, "").replace(/_data$/i, "");
  if (MARKET_REPORT.test(stem)) {
    return {
      symbol: null,
      direction: null,
      score: null,
      time: marketTime(stem) ?? stampOf(stem, zone, arrivedAt),
      isMarketReport: true,
    };
  }
  const words = stem
    .replace(STAMP, "_")
    .split("_")
    .filter((word) => word !== "");
  const direction = directionIn(words);
  const score = scoreIn(words);
  const symbol = symbolIn(words, folders.at(-1) ?? null, direction !== null || score !== null);
  return { symbol, direction, score, time: stampOf(stem, zone, arrivedAt), isMarketReport: false };
}

/** An exit anywhere in the name wins over the side it names. */
function directionIn(words: readonly string[]): WordedDirection | null {
  let side: WordedDirection | null = null;
  for (let i = 1; i < words.length; i++) {
    // `exit_long` is two words of the name and one of ours.
    for (const word of [words.slice(i, i + 2).join("_"), words[i] ?? ""]) {
      const direction = directionOf(word);
      if (direction === null) continue;
      if (wordedOf(word)?.act === "exit" || wordedOf(word)?.act === "cancel") return { direction, word };
      side ??= { direction, word };
    }
  }
  return side;
}

function scoreIn(words: readonly string[]): number | null {
  for (const word of words.slice(1)) {
    const [, whole, fraction] = SCORE.exec(word) ?? [];
    const score = Number(`${whole}.${fraction}`);
    if (whole !== undefined && score <= 100) return score;
  }
  return null;
}

/** A name is only trusted with a symbol that reads as a pair, or stands before a direction or score. */
function symbolIn(words: readonly string[], folder: string | null, isSignal: boolean): NamedSymbol | null {
  const [first, second] = words;
  if (first === undefined || COMMON.has(first.toUpperCase()) || MARK.test(first)) return null;
  // An unescaped slash in BTC/USDT leaves a folder `btc` and a name that begins with the quote alone.
  const quote = first.split(":")[0] ?? "";
  const divided = folder !== null && isQuote(quote);
  const written = divided
    ? `${folder}/${first}`
    : second !== undefined && isQuote(second)
      ? `${first}_${second}`
      : first;
  const named = symbolOf(written);
  return named !== null && (isSignal || endsInQuote(named.symbol)) ? named : null;
}

function marketTime(stem: string): Moment | null {
  const [, epoch] = MARKET_EPOCH.exec(stem) ?? [];
  return epoch === undefined ? null : fromEpoch(Number(epoch));
}

function stampOf(stem: string, zone: string, arrivedAt: number | null): Moment | null {
  const parts = STAMP.exec(stem);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  const wallMs = wallMsOf(year, month, day, hour, minute, second);
  const at = wallMs === null ? null : momentInZone(wallMs, zone, arrivedAt);
  return at === null ? null : { at, zoneAssumed: true };
}
