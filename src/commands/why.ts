import type { Command } from "commander";
import { parseId } from "../views/shape";
import { clientFrom, type Detail } from "./client/client";
import { Failed, WrongUsage } from "./exit";
import { addOutput, addRemote, type RemoteOptions } from "./options";
import { deskNow } from "./print/desk-clock";
import { paintFor } from "./print/paint";
import { plainJson } from "./print/plain";
import { printLine, type Format } from "./print/print";

export function define(command: Command): void {
  addOutput(addRemote(command))
    .argument(
      "<id>",
      "s12 is a signal, a13 an alert, o14 an opportunity, m15 a view of the market, r16 what was received at " +
        "once (as in the log), d17 a decision",
    )
    .action(run);
}

async function run(id: string, options: RemoteOptions & { readonly output: Format }): Promise<void> {
  if (parseId(id) === null)
    throw new WrongUsage(
      `argument 'id' is '${id}'. Expected a letter and a number, such as s12: s is a signal, a an alert, o an ` +
        "opportunity, m a view of the market, r what was received at once, d a decision.",
    );
  using client = await clientFrom(options);
  const detail = await client.detail(id);
  if (detail === null) throw new Failed(`there is no ${id} here, or it is older than what is kept`);
  await show(detail, options.output);
}

async function show(detail: Detail, output: Format): Promise<void> {
  switch (output) {
    case "json":
      return printLine(plainJson(detail.detail, 2));
    case "jsonl":
      return printLine(plainJson(detail.detail));
    case "ids":
      return printLine(idsOf(detail).join("\n"));
    case "table": {
      const { printStory } = await import("./why/story");
      return printLine(printStory(detail, paintFor(process.stdout), deskNow()).join("\n"));
    }
  }
}

/** Itself, and what it led to or came from. */
function idsOf({ about, detail }: Detail): string[] {
  if (about === "alert") return [detail.id, ...(detail.subject_id === null ? [] : [detail.subject_id])];
  if (about === "decision")
    return [
      detail.id,
      ...(detail.subject_id === null ? [] : [detail.subject_id]),
      ...detail.alerts.map(({ id }) => id),
    ];
  return [detail.id, ...detail.alerts.map(({ id }) => id)];
}
