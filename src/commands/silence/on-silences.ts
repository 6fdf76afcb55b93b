import { Problem } from "../../api/problems";
import type { SilenceRouteDeps } from "../../api/routes/silences";
import type { Actor } from "../../auth/accounts";
import { silenceDeps } from "../../silences";
import { alertList } from "../../views/alerts";
import { nameOfUser } from "../access/name-of-user";
import { daemonFor } from "../client/daemon";
import { describeProblem } from "../client/problem";
import type { Rest } from "../client/rest";
import { writeWithout } from "../client/write-without";
import { Failed } from "../exit";
import type { RemoteOptions } from "../options";

/** The same, through the daemon where one runs, else on the database. */
export interface OnSilences<T> {
  readonly running: (daemon: Rest) => Promise<T>;
  readonly stopped: (deps: SilenceRouteDeps, actor: Actor) => Promise<T>;
}

/** Throws Failed with why it is refused. */
export async function onSilences<T extends object>(
  options: RemoteOptions,
  { running, stopped }: OnSilences<T>,
): Promise<T> {
  const daemon = await daemonFor(options);
  if (daemon !== null) return await running(daemon);
  const actor = { who: nameOfUser(), from: "command line" };
  return (await writeWithout(options, async (parts) => {
    const alerts = async (filter: Parameters<typeof alertList>[1]) => alertList(parts.database, filter);
    try {
      return await stopped(silenceDeps({ ...parts, queries: { alerts } }), actor);
    } catch (error) {
      if (error instanceof Problem)
        throw new Failed(describeProblem({ title: error.message, errors: error.issues }) ?? error.message);
      throw error;
    }
  })) as T;
}
