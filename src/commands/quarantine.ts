import type { Command } from "commander";
import type { QuarantineShape } from "../views/shapes";
import { dataFolder } from "../config/environment";
import { Failed, Unreachable } from "./exit";
import { list } from "./listing";
import { addOutput, addPlace, addRemote, type ListOptions, type PlaceOptions } from "./options";
import { agoOf } from "./print/ago";
import { plain } from "./print/plain";
import { remark, say, type Showing } from "./print/print";

export function define(command: Command): void {
  addOutput(addRemote(command.command("list", { isDefault: true }).description("list files that could not be read, and why")))
    .option("--exit-code", "exit 10 where there are any")
    .action(async (options: Omit<ListOptions, "limit">) => {
      await list(options, (answers) => answers.quarantine(), showingAt(Date.now()));
    });
  addPlace(command.command("retry").description("have the running daemon read them, or one of them, again"))
    .argument("[file]", "as the list names it")
    .action(retry);
}

/** Only the daemon reads the folders, so only it can read them again. */
async function retry(file: string | undefined, { data }: PlaceOptions): Promise<void> {
  const { Control } = await import("./ask/control");
  const retried = await new Control(dataFolder(data)).retryQuarantine(file);
  if (retried === null) throw new Unreachable(`no daemon runs on ${dataFolder(data)}, and only the daemon reads reports: start it and they are read again where they changed`);
  if (retried.length === 0 && file !== undefined) throw new Failed(`${file} is not in quarantine`);
  for (const each of retried) say(plain(each));
  remark(retried.length === 0 ? "nothing is in quarantine" : "read again; what still cannot be read stays in quarantine");
}

function showingAt(now: number): Showing<QuarantineShape> {
  return {
    idOf: ({ file }) => file,
    none: "nothing is in quarantine",
    columns: [
      { head: "FILE", text: ({ file }) => file, tone: () => "strong", atLeast: 20 },
      { head: "SOURCE", text: ({ source }) => source, atLeast: 7 },
      { head: "REASON", text: ({ reason }) => reason, tone: () => "bad" },
      { head: "FIRST SEEN", text: ({ first_seen: at }) => agoOf(at, now) },
      { head: "LAST SEEN", text: ({ last_seen: at }) => agoOf(at, now) },
      { head: "ATTEMPTS", text: ({ attempts }) => String(attempts), align: "right" },
      { head: "DETAIL", text: ({ detail }) => detail, atLeast: 12 },
    ],
  };
}
