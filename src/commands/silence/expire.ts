import { endSilence } from "../../api/routes/silences";
import { silenceShape, type SilenceShape } from "../../views/silences";
import { printItems } from "../print/print";
import { timeFormatFor } from "../print/time";
import type { SilenceOptions } from "../silence";
import { onSilences } from "./on-silences";
import { shownWith } from "./shown";

/** One after the other: what cannot be ended ends the rest of it. */
export async function expireSilences(ids: readonly string[], options: SilenceOptions): Promise<void> {
  const ended = await onSilences(options, {
    running: (daemon) => each(ids, (id) => daemon.end(`/api/silences/${encodeURIComponent(id)}`, silenceShape)),
    stopped: (deps, actor) => each(ids, (id) => endSilence(deps, id, actor)),
  });
  printItems(ended, options.output, shownWith(timeFormatFor(options)));
}

async function each(ids: readonly string[], end: (id: string) => Promise<SilenceShape>): Promise<SilenceShape[]> {
  const ended: SilenceShape[] = [];
  for (const id of ids) ended.push(await end(id));
  return ended;
}
