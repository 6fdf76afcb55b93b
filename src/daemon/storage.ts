import { randomUUID } from "node:crypto";
import type { Config } from "../config";
import { openForWriting, type Database, type WritableDatabase } from "../store/db";
import { prepareGauges, type StoreGauges } from "../store/gauges";
import { Reader } from "../store/reader";
import { StoreWriter } from "../store/writer";
import type { Log } from "../telemetry/log";
import type { Queries } from "../views/queries";
import { queriesOf } from "./queries";
import { QueryThreads } from "./query-threads";

/** The database, and the ways in which it is read and written. */
interface Storage {
  readonly database: Database;
  readonly reader: Reader;
  readonly storeWriter: StoreWriter;
  readonly storeGauges: StoreGauges;
  readonly queries: Queries;
  readonly far: QueryThreads;
}

/** Opens the database and migrates it; closed with the stack. `durable`: each commit waits for the disk. Throws StoreError. */
export function openStorage(config: Config, durable: boolean, log: Log, stack: AsyncDisposableStack): Storage {
  const database = stack.use(
    openForWriting(config.data, { durable, waits: false, migrating: (what) => log.warn(what) }),
  );
  logArrival(database, log);
  const reader = new Reader(database);
  const far = stack.use(new QueryThreads(config.data));
  return {
    database,
    reader,
    storeWriter: new StoreWriter(database, randomUUID),
    storeGauges: prepareGauges(database),
    queries: queriesOf(database, far),
    far,
  };
}

function logArrival({ path, arrival: { copiedIn, setAside } }: WritableDatabase, log: Log): void {
  if (setAside !== null)
    log.warn(
      { kept: setAside },
      `beside ${path} lay the log of another database: it was set aside, and nothing of it was taken over`,
    );
  if (copiedIn)
    log.warn(
      `${path} is not known to be the one last written here (a restored copy, one that was moved, or of ` +
        "an earlier version): it got a new epoch, and whoever is connected starts afresh",
    );
}
