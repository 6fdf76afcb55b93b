import type { Desk } from "../desk";
import { fileIdentity } from "../store/file-identity";
import { StoreError } from "../store/open";
import type { WriterLock } from "../store/writer-lock";
import type { Log } from "../telemetry/log";
import type { ControlSocket } from "./control-socket";
import { StartError } from "./start-error";

export interface UpkeepDeps {
  readonly desk: Desk;
  /** The database's. */
  readonly path: string;
  readonly claims: { readonly lock: WriterLock; readonly control: ControlSocket };
  readonly log: Log;
  /** Another process has taken the right to write. */
  readonly ousted: (why: StoreError) => void;
}

const probeEveryMs = 2000;

/** Looks after the database: is its file still there, is it ours alone, does it take anything again. */
export function keepUp({ desk, path, claims, log, ousted }: UpkeepDeps): Disposable {
  const identity = fileIdentity(path);
  let told: string | null = null;
  const probe = setInterval(() => {
    if (fileIdentity(path) !== identity) {
      desk.lose("missing");
      return;
    }
    const why = keepClaims(claims, log);
    if (why instanceof StoreError && why.code === "held") {
      clearInterval(probe);
      desk.lose("locked", why);
      ousted(why);
      return;
    }
    if (why !== null && why.message !== told) log.warn(why.message);
    told = why?.message ?? null;
    if (desk.trouble !== null) desk.probe();
  }, probeEveryMs);
  return { [Symbol.dispose]: () => clearInterval(probe) };
}

/** Makes anew what somebody removed; why it cannot be, where it cannot. */
function keepClaims({ lock, control }: UpkeepDeps["claims"], log: Log): StoreError | StartError | null {
  try {
    const kept = lock.keep();
    if (kept === "lost") return new StoreError("held", "the lock of the data folder (lock.db) was removed, and another process has taken it: this daemon stores nothing more and stops");
    if (kept === "renewed") log.warn("the lock of the data folder (lock.db) was removed: it was made and locked anew");
    if (control.keep()) log.warn("the control socket (control.sock) was removed: it was made anew");
    return null;
  } catch (error) {
    if (error instanceof StoreError || error instanceof StartError) return error;
    throw error;
  }
}
