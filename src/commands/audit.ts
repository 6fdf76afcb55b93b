import { formatCount } from "../core/text";
import { InvalidArgumentError, Option, type Command } from "commander";
import { auditFilter } from "../store/filters/audit";
import type { AuditShape } from "../views/audit";
import { dataFolder } from "../config/environment";
import { Failed } from "./exit";
import { addFilter, chosenOf } from "./filter";
import { list } from "./listing";
import { addListing, addOutput, addPlace, type ListOptions, type PlaceOptions } from "./options";
import { plain } from "./print/plain";
import { printOne, remark, type Format, type Showing } from "./print/print";
import { timeFormatFor, type FormatTime } from "./print/time";

interface Head {
  readonly id: number;
  readonly hash: string;
}

export function define(command: Command): void {
  const listing = command.command("list", { isDefault: true });
  addFilter(addListing(listing.description("who did what, when and from where, newest first")), auditFilter, {
    who: ["--who <name>", "an account, `token NAME`, owner or config file"],
    what: ["--what <word>", "such as sign-in, settings.changed or exported"],
  }).action(async (options: ListOptions) => {
    const { since, until, limit } = options;
    const filter = { ...chosenOf(auditFilter, options), since, until, limit };
    await list("audit", options, filter, showingWith(timeFormatFor(options)));
  });
  addOutput(addPlace(command.command("verify").description("check whether any entry was changed or removed")))
    .addOption(
      new Option(
        "--head <number:hash>",
        "where it ended once, as the daemon's log recorded it: shows what was cut off or rewritten",
      ).argParser(headGiven),
    )
    .action(verify);
}

async function verify({
  data,
  head: known,
  output,
}: PlaceOptions & { readonly head?: Head; readonly output: Format }): Promise<void> {
  const { openForReading } = await import("../store/db");
  const { nameOfHead, verifyAudit } = await import("../store/audit");
  using database = openForReading(dataFolder(data));
  const { head, breaks } = await verifyAudit(database, known ?? null);
  for (const { id, what } of breaks) remark(`entry ${id}: ${inWords[what]}`);
  if (breaks.length > 0) throw new Failed(`the audit log is not whole: ${formatCount(breaks.length, "break")}`);
  printOne({ whole: true, entries: head.id, hash: head.hash }, output, {
    id: nameOfHead(head),
    table: nameOfHead(head),
  });
  remark(
    known === undefined
      ? `whole, ${formatCount(head.id, "entry", "entries")}; compare with an end recorded in the daemon's log: --head NUMBER:HASH`
      : `whole, ${formatCount(head.id, "entry", "entries")}, and goes on from where it ended then`,
  );
}

const inWords = {
  changed: "it was changed, or it or one before it was rewritten",
  missing: "entries before it were removed",
  cut: "it and what came after it were removed",
} as const;

function headGiven(text: string): Head {
  const match = /^(\d{1,15}):([0-9a-f]{12,64})$/i.exec(text.trim());
  if (!match) throw new InvalidArgumentError("Expected what the log recorded, such as 12:ab34cd...");
  return { id: Number(match[1]), hash: (match[2] ?? "").toLowerCase() };
}

function showingWith(format: FormatTime): Showing<AuditShape> {
  return {
    idOf: ({ id }) => id,
    none: "no entries in the audit log",
    columns: [
      { head: "WHEN", text: ({ timestamp }) => format(timestamp) },
      { head: "WHO", text: ({ who }) => plain(who), tone: () => "strong", widthMin: 8 },
      { head: "FROM", text: ({ from }) => plain(from), widthMin: 8, leaves: 1 },
      { head: "WHAT", text: ({ what }) => what },
      { head: "SUBJECT", text: ({ subject }) => plain(subject ?? ""), widthMin: 8 },
      { head: "BEFORE", text: ({ before }) => valueText(before), widthMin: 8, leaves: 2 },
      { head: "AFTER", text: ({ after }) => valueText(after), widthMin: 8 },
    ],
  };
}

function valueText(value: unknown): string {
  return value === null || value === undefined ? "" : plain(JSON.stringify(value));
}
