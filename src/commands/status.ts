import type { Command } from "commander";
import { folderWords } from "../core/freshness";
import { formatCount, formatDuration } from "../core/text";
import { notesOfReading, type SourceShape } from "../views/sources";
import { exitCodes } from "./exit";
import { addOutput, addRemote, type RemoteOptions } from "./options";
import { paintFor, type Tone } from "./print/paint";
import { plain, plainJson } from "./print/plain";
import { printItems, remark, printLine, type Format, type Showing } from "./print/print";
import { secondsAgo } from "./print/time";
import type { ScannerStatus, Status } from "./status/status";

export function define(command: Command): void {
  addOutput(addRemote(command)).action(run);
}

async function run(options: RemoteOptions & { readonly output: Format }): Promise<void> {
  const { localStatus, remoteStatus } = await import("./status/status");
  const status = options.url === undefined ? await localStatus(options) : await remoteStatus(options.url);
  show(status, options.output);
  if (status.status === "down") process.exitCode = exitCodes.unreachable;
}

function show(status: Status, output: Format): void {
  if (output === "json" || output === "jsonl") return printLine(plainJson(status, output === "json" ? 2 : 0));
  if (output === "ids") return printItems(status.sources, "ids", showing);
  const paint = paintFor(process.stdout);
  if (status.status === "down") remark(`no daemon runs on ${status.data ?? ""}: this is what its database knows`);
  else
    printLine(
      [
        `virtuoso ${status.version ?? ""}`.trim(),
        paint(status.status, toneOf(status.status)),
        ...runningOf(status),
      ].join(", "),
    );
  printItems(status.sources, "table", showing);
  for (const source of status.sources)
    for (const note of notesOfReading(source)) printLine(`${source.name}: ${plain(note)}`);
  if (status.scanners !== null && status.scanners.length > 0) printItems(status.scanners, "table", scannersShown);
  const counts = Object.entries(status.counts ?? {});
  if (counts.length > 0) printLine(`kept: ${counts.map(([name, count]) => `${count} ${name}`).join(", ")}`);
  if (status.wrong.length === 0) printLine("nothing is known to be wrong");
  for (const each of status.wrong) printLine(`${paint("wrong", "bad")}: ${plain(each)}`);
  for (const each of status.unknown) printLine(`${paint("not known", "notable")}: ${plain(each)}`);
}

function runningOf({ url, pid, uptime }: Status): string[] {
  return [url ?? [], pid === null ? [] : `process ${pid}`, uptime === null ? [] : `up ${uptime}`].flat();
}

function toneOf(status: string): Tone | null {
  if (status === "healthy") return "good";
  return status === "unhealthy" ? "bad" : "notable";
}

const showing: Showing<Status["sources"][number]> = {
  idOf: ({ name }) => name,
  none: "no sources",
  columns: [
    { head: "SOURCE", text: ({ name }) => name, tone: () => "strong" },
    {
      head: "STATE",
      text: ({ state }) => (state === "not-watched" ? "not watched" : folderWords[state]),
      tone: ({ state }) => stateTone(state),
    },
    {
      head: "LAST REPORT",
      text: ({ age_seconds: age }) => (age === null ? null : secondsAgo(age)),
      unknown: "no data",
    },
    { head: "CADENCE", text: ({ cadence }) => cadenceOf(cadence), widthMin: 12, leaves: 1 },
    {
      head: "REFUSED",
      text: ({ refused_of_last: { refused, of } }) => (of === 0 ? null : `${refused} of the last ${of}`),
      leaves: 2,
    },
    { head: "FOLDER", text: ({ dir, why }) => (why === null ? dir : `${dir}: ${why}`), widthMin: 12 },
  ],
};

const scannersShown: Showing<ScannerStatus> = {
  idOf: ({ name }) => name,
  none: "no scanners",
  columns: [
    { head: "SCANNER", text: ({ name }) => name, tone: () => "strong" },
    { head: "HEALTH", text: ({ status }) => status, tone: ({ status }) => toneOf(status) },
    { head: "FRESHNESS", text: ({ message }) => message, widthMin: 12 },
  ],
};

function stateTone(state: string): Tone | null {
  if (state === "live") return "good";
  return state === "silent" || state === "unreachable" ? "bad" : "quiet";
}

function cadenceOf({ kind, every_seconds: every, gaps_learned: gaps }: SourceShape["cadence"]): string {
  if (every === null) return `${kind}, ${formatCount(gaps, "gap")} so far`;
  return `every ${every < 1 ? "second or less" : formatDuration(every * 1000)}, ${kind}`;
}
