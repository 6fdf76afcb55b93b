import type { Config } from "../../config";
import { settingsOf, type Source } from "../../config/effective";
import { MemoryState } from "../../core/decide/state";
import { storedRuntime } from "../../settings";
import { Reader } from "../../store/reader";
import { UserRules } from "../../rules/user-rules";
import { StoredState } from "../../store/state";
import { configOrDefaults } from "../client/config-or-defaults";
import { openIfPresent } from "../client/open-if-present";
import { exitCodes, messageOf, WrongUsage } from "../exit";
import type { PlaceOptions } from "../options";
import { paintFor } from "../print/paint";
import { plain, plainJson } from "../print/plain";
import { remark, printLine, terminalWidth, type Format } from "../print/print";
import { DryRun, type DryReading } from "./dry-run";
import { findReport } from "./find-report";
import { printReading } from "./print-reading";

export interface ReadOptions extends PlaceOptions {
  readonly source?: string;
  readonly output: Format;
}

/** Reads each file, prints what it says and what would be decided, and fails where anything is refused. */
export async function readDry(files: readonly string[], options: ReadOptions): Promise<void> {
  const config = await configOrDefaults(options);
  const source = sourceNamed(config, options.source);
  using database = openIfPresent(config.data);
  const reader = database && new Reader(database);
  using rules = new UserRules(() => performance.now(), {
    unhandled: (rule, what) =>
      remark(
        plain(
          `${rule === null ? "a timer or promise of one of your rules" : `a timer or promise of the rule ${rule}`} ` +
            `failed and was not handled: ${what}`,
        ),
      ),
    troubled: (why) => remark(plain(why)),
  });
  (await rules.prepare(config)).take();
  const dryRun = new DryRun({
    rules,
    state: database ? new StoredState(database) : new MemoryState(),
    settings: settingsOf(config.file, reader ? storedRuntime(reader) : {}, config.readSources),
    firstSeq: Number(reader?.meta("seq") ?? 0) + 1,
    digestOf: (path) => reader?.digestOf(source.name, path),
  });
  const read: DryReading[] = [];
  for (const file of files) {
    try {
      read.push(dryRun.read(await findReport(file, source, Date.now()), source, Date.now()));
    } catch (error) {
      remark(messageOf(error));
      process.exitCode = exitCodes.failed;
    }
  }
  if (!database) remark("there is no database yet: decided as by a desk that has seen nothing");
  show(read, options.output);
  if (read.some(({ reading }) => reading.refusals.length > 0)) process.exitCode = exitCodes.failed;
}

function sourceNamed({ sources }: Config, name: string | undefined): Source {
  const source = name === undefined ? sources[0] : sources.find((each) => each.name === name);
  if (source === undefined)
    throw new WrongUsage(
      `option '--source <name>' argument '${name ?? ""}' is invalid. Allowed choices are ${sources.map((each) => each.name).join(", ")}.`,
    );
  return source;
}

function show(read: readonly DryReading[], output: Format): void {
  const shown = read.map(({ report: { shownAs }, source, reading, rules, decisions }) => ({
    file: shownAs,
    source: source.name,
    manner: source.parseOptions,
    ...reading,
    rules,
    decisions,
  }));
  switch (output) {
    case "json":
      return printLine(plainJson(shown, 2));
    case "jsonl":
      for (const each of shown) printLine(plainJson(each));
      return;
    case "ids":
      for (const { file } of shown) printLine(plain(file));
      return;
    case "table":
      for (const [index, each] of read.entries()) {
        if (index > 0) printLine("");
        for (const line of printReading(each, paintFor(process.stdout), terminalWidth())) printLine(line);
      }
  }
}
