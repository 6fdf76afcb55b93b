import { ParseError } from "../ingest/read/parse-error";
import { readJson } from "../ingest/read/json";
import { isOpportunity } from "../ingest/parsers/opportunity";
import { isList, isObject, type JsonValue } from "../ingest/read/value";
import type { RuleObservation, RuleSubject } from "../core/settings";
import { frozen } from "./judge";
import type { ShownObservation } from "./protocol";

/** The items of one observation as rules see them. The report is read only once a rule looks at it. */
export function shownItems(observation: ShownObservation, bytes: Uint8Array | null): RuleObservation[] {
  const { source, receivedAt, signals, opportunities, market } = observation;
  let reports: readonly unknown[] | null = null;
  const reportOf = (item: number): unknown => {
    reports ??= bytes === null ? [] : reportsOf(observation, bytes);
    return frozen(reports[item] ?? null);
  };
  const subjects: RuleSubject[] = [
    ...signals.map((signal) => ({ kind: "signal", signal }) as const),
    ...opportunities.map((opportunity) => ({ kind: "opportunity", opportunity }) as const),
    ...(market ? [{ kind: "market", market } as const] : []),
  ];
  return subjects.map((subject, item) =>
    Object.freeze({
      ...frozen(subject),
      source,
      receivedAt,
      get report() {
        return reportOf(item);
      },
    }),
  );
}

/** The JSON each item was read from: the document, or of a list its element. Where it is unclear which, the whole list. */
function reportsOf(
  { signals, opportunities, market, refused }: ShownObservation,
  bytes: Uint8Array,
): readonly unknown[] {
  const items = signals.length + opportunities.length + (market ? 1 : 0);
  const json = readJson(bytes);
  if (json instanceof ParseError) return [];
  const { value } = json;
  if (!isList(value)) return Array.from({ length: items }, () => value);
  const read = value.filter((_, index) => !refused.includes(index + 1));
  const [ofOpportunities, ofSignals] = [
    read.filter(describesOpportunity),
    read.filter((element) => !describesOpportunity(element)),
  ];
  if (ofSignals.length !== signals.length || ofOpportunities.length !== opportunities.length)
    return Array.from({ length: items }, () => value);
  return [...ofSignals, ...ofOpportunities];
}

function describesOpportunity(element: JsonValue): boolean {
  if (!isObject(element)) return false;
  const { signal } = element;
  return isOpportunity(isObject(signal) ? signal : element);
}
