import { actOn } from "../../acts";
import { actedShape, matchingIds, type ActedShape } from "../../views/acts";
import { alertList } from "../../views/alerts";
import { isoOf, seqOfAlert } from "../../views/shape";
import { nameOfUser } from "../access/name-of-user";
import { daemonFor } from "../client/daemon";
import { writeWithout } from "../client/write-without";
import type { ActOptions, Chosen, CommandAct } from "./define-act";

/** Through the daemon where one runs, so that it holds at once; else into the database. */
export async function actAtCommandLine(
  act: CommandAct,
  chosen: Chosen,
  options: ActOptions,
): Promise<ActedShape["items"]> {
  const { note, for: forMs } = options;
  const daemon = await daemonFor(options);
  if (daemon !== null) {
    const since = "since" in chosen && chosen.since !== undefined ? { since: isoOf(chosen.since) } : {};
    const body = { ...chosen, ...since, note, for: forMs === undefined ? undefined : `${forMs}ms` };
    return (await daemon.post(`/api/alerts/${act}`, body, actedShape)).items;
  }
  const said = { by: nameOfUser(), from: "command line", note: note ?? null, forMs: forMs ?? null, value: null };
  return await writeWithout(options, async (parts) => {
    const ids =
      "ids" in chosen
        ? chosen.ids
        : await matchingIds(async (filter) => alertList(parts.database, filter), act, chosen);
    const outcomes = await actOn(
      parts,
      ids.flatMap((id) => seqOfAlert(id) ?? []),
      { act, ...said },
    );
    return outcomes && ids.map((id) => ({ id, outcome: outcomes.get(seqOfAlert(id) ?? -1) ?? ("unknown" as const) }));
  });
}
