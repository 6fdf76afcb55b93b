import type { Desk } from "../desk";
import { fileIdentity } from "../store/file-identity";

const probeEveryMs = 2000;

/** Looks after the database: is its file still there, does it take anything again. */
export function keepUp(desk: Desk, path: string): Disposable {
  const identity = fileIdentity(path);
  const probe = setInterval(() => {
    if (fileIdentity(path) !== identity) desk.lose("missing");
    else if (desk.trouble !== null) desk.probe();
  }, probeEveryMs);
  return { [Symbol.dispose]: () => clearInterval(probe) };
}
