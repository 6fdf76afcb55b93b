import type { Matcher } from "./matcher";

/** What holds and matches `source` mutes what would be raised, matches `target` and has the same in each of `equal`. */
export interface Inhibition {
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  /** Names of matchers: source, label.exchange. */
  readonly equal: readonly string[];
}

const is = (name: string, value: string): Matcher => ({ name, op: "=", value });
const pressure = (reading: string) => [is("rule", "host-pressure"), is("label.subject", reading)];
const scanner = (part: string) => [is("rule", "scanner-failing"), is("label.part", part)];

/** An unreachable folder is why its source is silent: all there was before inhibition was data. */
export const firstInhibitions: readonly Inhibition[] = [
  { source: [is("rule", "source-unreachable")], target: [is("rule", "source-silent")], equal: ["source"] },
];

/** What explains what, where the config does not say otherwise. */
export const defaultInhibitions: readonly Inhibition[] = [
  ...firstInhibitions,
  // An exchange that does not answer has no candles either.
  { source: scanner("market"), target: scanner("candles"), equal: ["label.exchange"] },
  // Nothing is copied to a disk that is full.
  { source: pressure("disk"), target: pressure("backup"), equal: [] },
  // What blocks the loop holds up the answers.
  { source: pressure("lag"), target: pressure("slow_answers"), equal: [] },
  // A clock that is a day ahead differs from every exchange's.
  { source: pressure("clock_ahead"), target: [is("rule", "exchange-clock")], equal: [] },
];
