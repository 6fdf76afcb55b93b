import { z } from "zod";
import type { TunablesPatch } from "../../core/tunables";
import { nameOfUser } from "../access/name-of-user";
import { daemonFor } from "../client/daemon";
import { writeWithout } from "../client/write-without";
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
  await writeWithout(options, ({ settings, writer }) =>
    settings.change(writer, { ...change, who: nameOfUser(), from: "command line" }),
  );
}
