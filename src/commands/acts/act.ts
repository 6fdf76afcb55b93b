import { actOn } from "../../acts";
import { actedShape, type ActedShape } from "../../views/acts";
import { parseId } from "../../views/shape";
import { nameOfUser } from "../access/name-of-user";
import { daemonFor } from "../client/daemon";
import { writeWithout } from "../client/write-without";
import type { ActOptions, CommandAct } from "./define-act";

/** Through the daemon where one runs, so that it holds at once; else into the database. */
export async function actAtCommandLine(
  act: CommandAct,
  ids: readonly string[],
  options: ActOptions,
): Promise<ActedShape["items"]> {
  const { note, for: forMs } = options;
  const daemon = await daemonFor(options);
  if (daemon !== null) {
    const body = { ids, note, for: forMs === undefined ? undefined : `${forMs}ms` };
    return (await daemon.post(`/api/alerts/${act}`, body, actedShape)).items;
  }
  const seqs = ids.map((id) => (parseId(id)?.letter === "a" ? (parseId(id)?.seq ?? null) : null));
  const wanted = {
    act,
    by: nameOfUser(),
    from: "command line",
    note: note ?? null,
    forMs: forMs ?? null,
    value: null,
  };
  const known = seqs.filter((seq) => seq !== null);
  const outcomes = await writeWithout(options, (parts) => actOn(parts, known, wanted));
  return ids.map((id, index) => ({ id, outcome: outcomes.get(seqs[index] ?? -1) ?? "unknown" }));
}
