import type { DaemonParts } from "../../daemon/parts";
import type { QuarantineRow } from "../../store/quarantine";
import type { RetriedFile } from "../../views/retried";

/** How long is waited for what comes of it; what has not been read by then is reported as waiting. */
const waitMsMax = 5000;
const pollEveryMs = 25;
/** A look at a long quarantine is work for the loop: between two others have their turn, for so many times as long as one took. */
const restShare = 4;

/** Has the files in quarantine read again, or those of this name (a file, or `file#element`) and source; answers what came of each. */
export async function retryQuarantine(
  { reader, sources, elapsed }: DaemonParts,
  { file, source }: { readonly file?: string | undefined; readonly source?: string | undefined },
): Promise<RetriedFile[]> {
  const wanted = reader
    .listQuarantine()
    .filter(
      (row) =>
        (source === undefined || source === row.source) &&
        (file === undefined || file === row.path || file === nameOf(row)),
    );
  for (const { name, path } of new Map(
    wanted.map(({ source: name, path }) => [`${name} ${path}`, { name, path }]),
  ).values())
    sources.retry(name, path);
  const until = elapsed() + waitMsMax;
  for (;;) {
    const lookedAt = performance.now();
    const now = new Map(reader.listQuarantine().map((row) => [keyOf(row), row]));
    const retried = wanted.map((before) => {
      const after = now.get(keyOf(before));
      return {
        file: nameOf(before),
        source: before.source,
        ...outcomeOf(before, after, after === undefined && reader.digestOf(before.source, before.path) === undefined),
      };
    });
    if (retried.every(({ outcome }) => outcome !== "waiting") || elapsed() > until) return retried;
    await Bun.sleep(Math.max(pollEveryMs, (performance.now() - lookedAt) * restShare));
  }
}

function outcomeOf(
  before: QuarantineRow,
  after: QuarantineRow | undefined,
  gone: boolean,
): Pick<RetriedFile, "outcome" | "reason" | "detail"> {
  if (after === undefined) return { outcome: gone ? "gone" : "read", reason: null, detail: null };
  return {
    outcome: after.attempts > before.attempts ? "refused" : "waiting",
    reason: after.reason,
    detail: after.detail,
  };
}

function nameOf({ path, element }: QuarantineRow): string {
  return element === 0 ? path : `${path}#${element}`;
}

function keyOf({ source, path, element }: QuarantineRow): string {
  return JSON.stringify([source, path, element]);
}
