import { randomUUID } from "node:crypto";
import { loadConfig } from "../../config";
import { SettingsService, storedRuntime } from "../../settings";
import type { Database } from "../../store/db";
import { Reader } from "../../store/reader";
import { StoreWriter } from "../../store/writer";
import { Writer } from "../../writer";
import { Failed } from "../exit";
import type { PlaceOptions } from "../options";
import { remark } from "../print/print";
import { owedWithout } from "./owed-without";
import { openToWrite } from "./open-to-write";

/** What a command needs that decides and stores in the daemon's place. */
export interface WritingParts {
  readonly database: Database;
  readonly settings: SettingsService;
  readonly writer: Writer;
  readonly storeWriter: StoreWriter;
  readonly now: () => number;
}

/**
 * Does what the daemon would do, on a database that none has open; `work` answers null or false where the store did not
 * take it. Throws Failed then, and StoreError where the database cannot be opened.
 */
export async function writeWithout<T>(
  options: PlaceOptions,
  work: (parts: WritingParts) => T | Promise<T>,
): Promise<Exclude<T, null | false>> {
  const config = await loadConfig(options);
  using database = await openToWrite(config.data, "virtuoso");
  const settings = new SettingsService(config, storedRuntime(new Reader(database)));
  let refused: unknown = null;
  const storeWriter = new StoreWriter(database, randomUUID);
  using writer = new Writer({
    storeWriter,
    settings: () => settings.settings,
    owed: owedWithout(config, database, storeWriter),
    now: Date.now,
    elapsed: () => performance.now(),
    committed: () => {},
    faulted: (_, error) => (refused = error),
  });
  const answer = await work({ database, settings, writer, storeWriter, now: Date.now });
  if (answer === null || answer === false)
    throw new Failed(
      `${database.path} does not take it: ${refused instanceof Error ? refused.message : String(refused)}`,
    );
  remark("it is stored and holds from the next start on: no daemon runs");
  return answer as Exclude<T, null | false>;
}
