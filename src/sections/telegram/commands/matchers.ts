import { parseMatcher, type Matcher } from "../../../core/matcher";
import { readMatcher } from "../../../core/match-schema";
import { dayMs } from "../../../core/duration";
import { isQuote } from "../../../core/quotes";
import { symbolOf } from "../../../core/symbol";
import type { DaemonParts } from "../../../daemon/parts";
import { nearest } from "../../../nearest";
import { Refusal, WrongWords } from "./command";

const seenWithinMs = 30 * dayMs;
const symbolsMax = 500;

/** Words as on the command line; a bare one is a symbol, or the coin of one. Throws Refusal. */
export async function matchersOf(
  parts: Pick<DaemonParts, "queries" | "now">,
  words: readonly string[],
): Promise<Matcher[]> {
  const match: Matcher[] = [];
  for (const word of words) match.push(parseMatcher(word) === null ? await symbolMatcher(parts, word) : read(word));
  return match;
}

function read(word: string): Matcher {
  const parsed = parseMatcher(word);
  const matcher = parsed === null ? `${word} is no matcher` : readMatcher(parsed);
  if (typeof matcher === "string") throw new WrongWords(matcher);
  return matcher;
}

async function symbolMatcher(parts: Pick<DaemonParts, "queries" | "now">, word: string): Promise<Matcher> {
  const symbols = await symbolsFor(parts, word);
  const [only] = symbols;
  return symbols.length === 1 && only !== undefined
    ? { name: "symbol", op: "=", value: only }
    : { name: "symbol", op: "=~", value: symbols.map((symbol) => RegExp.escape(symbol)).join("|") };
}

/** The symbols of which there was a signal that a word means: itself, else those it is the coin of. Throws Refusal. */
export async function symbolsFor(
  { queries, now }: Pick<DaemonParts, "queries" | "now">,
  word: string,
): Promise<string[]> {
  const asked = symbolOf(word)?.symbol;
  if (asked === undefined) throw new WrongWords(`${word} is no symbol`);
  const { items } = await queries.symbols({ since: now() - seenWithinMs, limit: symbolsMax, depth: 1 });
  const known = items.map(({ symbol }) => symbol);
  if (known.includes(asked)) return [asked];
  const ofCoin = known.filter((symbol) => coinOf(symbol) === asked);
  if (ofCoin.length > 0) return ofCoin.toSorted();
  const names = [...new Set([...known, ...known.map(coinOf)])].map((name) => name.toLowerCase());
  const near = nearest(asked, names)?.toUpperCase();
  const meant = near === undefined ? "" : `: did you mean ${near}?`;
  throw new Refusal(`there was no signal of ${asked} in the last 30 days${meant}`);
}

/** SOL of SOLUSDT; itself where it is priced in nothing known. */
function coinOf(symbol: string): string {
  const at = Array.from(symbol, (_, index) => index).find((index) => index > 0 && isQuote(symbol.slice(index)));
  return at === undefined ? symbol : symbol.slice(0, at);
}
