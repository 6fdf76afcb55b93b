import type { Command } from "commander";
import { formatDuration } from "../core/text";
import { notesOfReading, type SourceShape } from "../views/sources";
import { exitCodes } from "./exit";
import { addOutput, addRemote, type RemoteOptions } from "./options";
import { paintFor, type Tone } from "./print/paint";
import { plain, plainJson } from "./print/plain";
import { printItems, remark, say, type Format, type Showing } from "./print/print";
import { secondsAgo } from "./print/time";
import type { ScannerStanding, Standing } from "./status/standing";

export function define(command: Command): void {
  addOutput(addRemote(command)).action(run);
}

async function run(options: RemoteOptions & { readonly output: Format }): Promise<void> {
  const { standingHere, standingAt } = await import("./status/standing");
  const standing = options.url === undefined ? await standingHere(options) : await standingAt(options.url);
  show(standing, options.output);
  if (standing.status === "down") process.exitCode = exitCodes.unreachable;
}

function show(standing: Standing, output: Format): void {
  if (output === "json" || output === "jsonl") return say(plainJson(standing, output === "json" ? 2 : 0));
  if (output === "ids") return printItems(standing.sources, "ids", showing);
  const paint = paintFor(process.stdout);
  if (standing.status === "down") remark(`no daemon runs on ${standing.data ?? ""}: this is what its database knows`);
  else say([`virtuoso ${standing.version ?? ""}`.trim(), paint(standing.status, toneOf(standing.status)), ...runningOf(standing)].join(", "));
  printItems(standing.sources, "table", showing);
  for (const source of standing.sources) for (const note of notesOfReading(source)) say(`${source.name}: ${plain(note)}`);
  if (standing.scanners !== null && standing.scanners.length > 0) printItems(standing.scanners, "table", scannersShown);
  const counts = Object.entries(standing.counts ?? {});
  if (counts.length > 0) say(`kept: ${counts.map(([name, count]) => `${count} ${name}`).join(", ")}`);
  if (standing.wrong.length === 0) say("nothing is known to be wrong");
  for (const each of standing.wrong) say(`${paint("wrong", "bad")}: ${plain(each)}`);
  for (const each of standing.unknown) say(`${paint("not known", "notable")}: ${plain(each)}`);
}

function runningOf({ url, pid, uptime }: Standing): string[] {
  return [url ?? [], pid === null ? [] : `process ${pid}`, uptime === null ? [] : `up ${uptime}`].flat();
}

function toneOf(status: string): Tone | null {
  if (status === "healthy") return "good";
  return status === "unhealthy" ? "bad" : "notable";
}

const showing: Showing<Standing["sources"][number]> = {
  idOf: ({ name }) => name,
  none: "no sources",
  columns: [
    { head: "SOURCE", text: ({ name }) => name, tone: () => "strong" },
    { head: "STATE", text: ({ state }) => state, tone: ({ state }) => stateTone(state) },
    { head: "LAST REPORT", text: ({ age_seconds: age }) => (age === null ? null : secondsAgo(age)), unknown: "no data" },
    { head: "CADENCE", text: ({ cadence }) => cadenceOf(cadence), atLeast: 12, leaves: 1 },
    { head: "REFUSED", text: ({ refused_of_last: { refused, of } }) => (of === 0 ? null : `${refused} of the last ${of}`), leaves: 2 },
    { head: "FOLDER", text: ({ dir, why }) => (why === null ? dir : `${dir}: ${why}`), atLeast: 12 },
  ],
};

const scannersShown: Showing<ScannerStanding> = {
  idOf: ({ name }) => name,
  none: "no scanners",
  columns: [
    { head: "SCANNER", text: ({ name }) => name, tone: () => "strong" },
    { head: "HEALTH", text: ({ status }) => status, tone: ({ status }) => toneOf(status) },
    { head: "FRESHNESS", text: ({ message }) => message, atLeast: 12 },
  ],
};

function stateTone(state: string): Tone | null {
  if (state === "live") return "good";
  return state === "silent" || state === "unreachable" ? "bad" : "quiet";
}

function cadenceOf({ kind, every_seconds: every, gaps_learned: gaps }: SourceShape["cadence"]): string {
  if (every === null) return `${kind}, ${gaps} gaps so far`;
  return `every ${every < 1 ? "second or less" : formatDuration(every * 1000)}, ${kind}`;
}
