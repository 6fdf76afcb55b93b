import { record } from "./acts";
import { Problem } from "./api/problems";
import type { SilenceRouteDeps } from "./api/routes/silences";
import type { SilenceObserved, Unsequenced } from "./core/observation";
import type { Settings } from "./core/settings";
import { previewSilence } from "./replay/silence-preview";
import { alertAt, targetOf } from "./store/alerts";
import type { Database } from "./store/db";
import type { StoreWriter } from "./store/writer";
import type { Queries } from "./views/queries";
import { idOf, seqOfAlert } from "./views/shape";
import { seqOfSilence, silenceDetail, silenceList } from "./views/silences";
import type { Writer } from "./writer";

export interface SilenceParts {
  readonly database: Database;
  readonly queries: Pick<Queries, "alerts">;
  readonly writer: Writer;
  readonly storeWriter: StoreWriter;
  readonly settings: { readonly settings: Pick<Settings, "calendars"> };
  readonly now: () => number;
}

/** Every alert is compared with all of them. */
export const activeSilencesMax = 200;

/** What is done with silences, by the daemon or in its place. */
export function silenceDeps(parts: SilenceParts): SilenceRouteDeps {
  const { database, queries, storeWriter, now } = parts;
  return {
    now,
    silences: (state, limit) => silenceList(database, state, limit),
    silence: (id) => silenceDetail(database, id),
    calendars: () => parts.settings.settings.calendars,
    alertTarget(id) {
      const seq = seqOfAlert(id);
      const row = seq === null ? undefined : alertAt(database, seq);
      return row ? targetOf(row) : null;
    },
    async standing(match) {
      const states = ["open", "acknowledged"] as const;
      const found = await Promise.all(states.map((state) => queries.alerts({ match: [...match], state, limit: 2 })));
      return found.flatMap(({ items }) => items.map(({ id }) => id));
    },
    async add(wanted, { who, from }) {
      if ([...storeWriter.state.entries("silence")].length >= activeSilencesMax)
        throw new Problem("conflict", `${activeSilencesMax} silences hold already, and no more may: end some first`);
      return idOf("q", await submit(parts, { act: "add", ...wanted, by: who, from }));
    },
    async change(id, wanted, { who, from }) {
      await submit(parts, { act: "change", silence: seqOfSilence(id) ?? 0, ...wanted, by: who, from });
    },
    async end(id, { who, from }) {
      await submit(parts, { act: "end", silence: seqOfSilence(id) ?? 0, by: who, from });
    },
    preview: (terms) => previewSilence(database, terms, now()),
  };
}

type WithoutTime<T> = T extends unknown ? Omit<T, "kind" | "receivedAt"> : never;

/** Answers the seq of what was submitted. Throws Problem where it is not stored, or cannot be done as things stand. */
async function submit(
  { writer, now }: SilenceParts,
  wanted: WithoutTime<Unsequenced<SilenceObserved>>,
): Promise<number> {
  const recorded = await record(writer, { kind: "silence", receivedAt: now(), ...wanted });
  if (recorded === null) throw new Problem("not-stored", writer.trouble ?? undefined);
  const { silenceOutcome } = recorded.decided;
  if (silenceOutcome !== "done") throw new Problem(silenceOutcome === "alert-ended" ? "alert-ended" : "silence-ended");
  return recorded.observation.seq;
}
