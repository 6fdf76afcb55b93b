import { aheadOf, readDating } from "../read/dating";
import { bodyOf, type Entry } from "../read/entry";
import { ParseError } from "../read/parse-error";
import { Notes } from "../read/notes";
import { readOpportunity } from "./opportunity";
import { readOverview } from "./overview";
import { nothing, type Read } from "../read/read";
import { refusalOf } from "../read/refusal";
import { isList, isObject, own, ownAt, type JsonObject, type JsonValue } from "../read/value";
import type { Parser } from "./parser";

/** Most opportunities read of one report; further ones are left out, said in the notes. */
const opportunitiesMax = 200;

const ownSymbolKeys = ["symbol", "pair", "ticker", "signal"];
const LISTED = ["bitcoin_beta_analysis", "alpha_opportunities"];

/** The market as a report sees it, and the opportunities it lists. It holds no signals, and stands in no array. */
export const marketReport: Parser = {
  name: "market report",

  /** By its shape or its name, unless it is about a symbol of its own. */
  claims(entry) {
    const body = bodyOf(entry);
    if (entry.element !== null || ownSymbolKeys.some((key) => Object.hasOwn(body, key))) return false;
    return isObject(own(body, "market_overview")) || entry.hints().isMarketReport;
  },

  read: (entry) => readMarketReport(entry, bodyOf(entry)),
};

function readMarketReport(entry: Entry, body: JsonObject): Read {
  const dating = readDating(entry);
  const error = dating instanceof ParseError ? dating : aheadOf(dating, entry.now);
  if (dating instanceof ParseError || error !== null)
    return { ...nothing, refusals: error === null ? [] : [refusalOf(error, null, dating)] };
  const market = readOverview(body, dating.at, entry.notes);
  const listed = ownAt(body, LISTED);
  if (market === null && !isList(listed)) {
    const error = new ParseError(
      "not-a-report",
      "It is named as a market report and has neither market_overview nor alpha_opportunities.",
    );
    return { ...nothing, refusals: [refusalOf(error, null, dating)] };
  }
  return { ...nothing, market, ...readListed(entry, isList(listed) ? listed : []) };
}

function readListed(report: Entry, listed: readonly JsonValue[]): Pick<Read, "opportunities" | "refusals"> {
  if (listed.length > opportunitiesMax)
    report.notes.ignored(LISTED.join("."), `${listed.length - opportunitiesMax} after the first ${opportunitiesMax}`);
  const reads = listed.slice(0, opportunitiesMax).map((item, index) => readItem(report, item, index + 1));
  return {
    opportunities: reads.flatMap((read) => read.opportunities),
    refusals: reads.flatMap((read) => read.refusals),
  };
}

/** The report around an opportunity fills the time it may lack. */
function readItem(report: Entry, item: JsonValue, element: number): Read {
  if (!isObject(item))
    return {
      ...nothing,
      refusals: [refusalOf(new ParseError("unreadable", "The opportunity is not an object."), element, null)],
    };
  const layers = [{ object: item, prefix: "" }, ...report.layers];
  return readOpportunity({ ...report, layers, element, notes: new Notes(report.notes.list, element) }, item);
}
