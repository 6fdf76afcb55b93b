import type { Command } from "commander";
import type { RetriedFile } from "../views/retried";
import type { QuarantineShape } from "../views/quarantine";
import { dataFolder } from "../config/environment";
import { Unreachable } from "./exit";
import { list } from "./listing";
import { addOutput, addRemote, addTime, type ListOptions, type RemoteOptions } from "./options";
import type { Tone } from "./print/paint";
import { printItems, type Format, type Showing } from "./print/print";
import { timeFormatFor, type FormatTime } from "./print/time";

/** It is listed whole. */
const rowsMax = 1_000_000;

export function define(command: Command): void {
  addTime(
    addOutput(
      addRemote(command.command("list", { isDefault: true }).description("list files that could not be read, and why")),
    ),
  )
    .option("--exit-code", "exit 10 where there are any")
    .action(async (options: Omit<ListOptions, "limit">) => {
      await list("quarantine", options, { limit: rowsMax }, showingWith(timeFormatFor(options)));
    });
  addOutput(
    addRemote(
      command
        .command("retry")
        .description("have the running daemon read them, or one of them, again, and print what came of it"),
    ),
  )
    .argument("[file]", "as the list names it")
    .action(retry);
}

/** Only the daemon reads the folders, so only it can read them again. */
async function retry(
  file: string | undefined,
  { output, ...place }: RemoteOptions & { readonly output: Format },
): Promise<void> {
  const [{ daemonFor }, { retriedShape }] = await Promise.all([import("./client/daemon"), import("../views/retried")]);
  const daemon = await daemonFor(place);
  if (daemon === null)
    throw new Unreachable(
      `no daemon runs on ${dataFolder(place.data)}, and only the daemon reads reports: start it and they are read again where they changed`,
    );
  const { items } = await daemon.post("/api/quarantine/retry", file === undefined ? {} : { file }, retriedShape);
  printItems(items, output, outcomesShown);
}

const inWords = {
  read: "read: it has left quarantine",
  refused: "still cannot be read",
  gone: "there is no such file any more",
  waiting: "not read yet: it is read as soon as the daemon comes to it",
} as const satisfies Record<RetriedFile["outcome"], string>;

const tones = { read: "good", refused: "bad", gone: "quiet", waiting: "notable" } as const satisfies Record<
  RetriedFile["outcome"],
  Tone
>;

const outcomesShown: Showing<RetriedFile> = {
  idOf: ({ file }) => file,
  none: "nothing is in quarantine",
  columns: [
    { head: "FILE", text: ({ file }) => file, tone: () => "strong", widthMin: 16 },
    { head: "SOURCE", text: ({ source }) => source, widthMin: 7, leaves: 1 },
    { head: "OUTCOME", text: ({ outcome }) => inWords[outcome], tone: ({ outcome }) => tones[outcome], widthMin: 20 },
    { head: "REASON", text: ({ reason }) => reason, leaves: 3 },
    { head: "DETAIL", text: ({ detail }) => detail, widthMin: 12, leaves: 2 },
  ],
};

function showingWith(format: FormatTime): Showing<QuarantineShape> {
  return {
    idOf: ({ file }) => file,
    none: "nothing is in quarantine",
    columns: [
      { head: "FILE", text: ({ file }) => file, tone: () => "strong", widthMin: 20 },
      { head: "SOURCE", text: ({ source }) => source, widthMin: 7, leaves: 1 },
      { head: "REASON", text: ({ reason }) => reason, tone: () => "bad" },
      { head: "FIRST SEEN", text: ({ first_seen: at }) => format(at), leaves: 3 },
      { head: "LAST SEEN", text: ({ last_seen: at }) => format(at), leaves: 4 },
      { head: "ATTEMPTS", text: ({ attempts }) => String(attempts), align: "right", leaves: 2 },
      { head: "DETAIL", text: ({ detail }) => detail, widthMin: 16 },
    ],
  };
}
