import type { Writer } from "../writer";
import { fileIdentity } from "../store/file-identity";
import { StoreError } from "../store/db";
import type { WriterLock } from "../store/writer-lock";
import type { Log } from "../telemetry/log";
import type { ControlSocket } from "./control-socket";
import { StartError } from "./start-error";

export interface MaintenanceDeps {
  readonly writer: Writer;
  /** The database's. */
  readonly path: string;
  readonly claims: { readonly lock: WriterLock; readonly control: ControlSocket };
  readonly log: Log;
  /** Another process has taken the right to write. */
  readonly ousted: (why: StoreError) => void;
}

const probeEveryMs = 2000;

/** Looks after the database: is its file still there, is it ours alone, does it take anything again. */
export function startMaintenance({ writer, path, claims, log, ousted }: MaintenanceDeps): Disposable {
  const identity = fileIdentity(path);
  let warned: string | null = null;
  const probe = setInterval(() => {
    if (fileIdentity(path) !== identity) {
      writer.lose("missing");
      return;
    }
    const why = keepClaims(claims, log);
    if (why instanceof StoreError && why.code === "held") {
      clearInterval(probe);
      writer.lose("locked", why);
      ousted(why);
      return;
    }
    if (why !== null && why.message !== warned) log.warn(why.message);
    warned = why?.message ?? null;
    if (writer.trouble !== null) writer.probe();
  }, probeEveryMs);
  return { [Symbol.dispose]: () => clearInterval(probe) };
}

/** Makes anew what somebody removed; why it cannot be, where it cannot. */
function keepClaims({ lock, control }: MaintenanceDeps["claims"], log: Log): StoreError | StartError | null {
  try {
    const kept = lock.keep();
    if (kept === "lost")
      return new StoreError(
        "held",
        "the lock of the data folder (lock.db) was removed, and another process has taken it: this daemon stores nothing more and stops",
      );
    if (kept === "renewed") log.warn("the lock of the data folder (lock.db) was removed: it was made and locked anew");
    if (control.keep()) log.warn("the control socket (control.sock) was removed: it was made anew");
    return null;
  } catch (error) {
    if (error instanceof StoreError || error instanceof StartError) return error;
    throw error;
  }
}
