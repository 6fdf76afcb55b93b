import { randomUUID } from "node:crypto";
import { z } from "zod";
import { loadConfig } from "../../config";
import type { TunablesPatch } from "../../core/tunables";
import { Writer } from "../../writer";
import { SettingsService, storedRuntime } from "../../settings";
import { StoreWriter } from "../../store/writer";
import { Reader } from "../../store/reader";
import { nameOfUser } from "../access/name-of-user";
import { daemonFor } from "../client/daemon";
import { openToWrite } from "../client/open-to-write";
import { Failed } from "../exit";
import type { PlaceOptions, RemoteOptions } from "../options";
import { remark } from "../print/print";
import { assertKey, patchOf } from "./keys";

interface Change {
  readonly patch?: TunablesPatch;
  readonly unset?: readonly string[];
}

/** Through the daemon where one runs, so that it holds at once; else into the database. */
export async function setSetting(key: string, value: string, options: RemoteOptions): Promise<void> {
  const patch = patchOf(key, value);
  const daemon = await daemonFor(options);
  if (daemon === null) return await store({ patch }, options);
  await daemon.post("/api/dashboard/config", patch, z.object({ status: z.literal("success") }));
  remark(options.url === undefined ? holdsNow : `${key} is ${value} from now on`);
}

/** Where `setSetting` stores. */
export async function unsetSetting(key: string, options: RemoteOptions): Promise<void> {
  assertKey(key);
  const daemon = await daemonFor(options);
  if (daemon === null) return await store({ unset: [key] }, options);
  await daemon.remove(`/api/dashboard/config/${encodeURIComponent(key)}`);
  remark(options.url === undefined ? holdsNow : `what the config file or the default says of ${key} holds from now on`);
}

const holdsNow = "it holds from now on";

async function store(change: Change, options: PlaceOptions): Promise<void> {
  const config = await loadConfig(options);
  using database = await openToWrite(config.data, "virtuoso config");
  const settings = new SettingsService(config, storedRuntime(new Reader(database)));
  let refused: unknown = null;
  const writer = new Writer({
    storeWriter: new StoreWriter(database, randomUUID),
    settings: () => settings.settings,
    now: Date.now,
    elapsed: () => performance.now(),
    committed: () => {},
    faulted: (_, error) => (refused = error),
  });
  if (!settings.change(writer, { ...change, who: nameOfUser(), from: "command line" }))
    throw new Failed(
      `${database.path} does not take it: ${refused instanceof Error ? refused.message : String(refused)}`,
    );
  remark("it is stored and holds from the next start on: no daemon runs");
}
