import type { Tunables, TunablesPatch } from "../../src/core/tunables";
import { here } from "../here";
import { sendJson } from "../live/access";
import { describeFailure, faultsIn, noAnswer, problemIn } from "../live/failure";
import { fetchJson } from "../live/fetch-json";
import { fetchSignedIn } from "../live/session";
import { fieldsOf, type Field, type SettingsSchema } from "./fields";

/** The settings in force, and the ETag that shows whether they still are when a change is sent. */
export interface Held {
  readonly settings: Tunables;
  readonly etag: string;
}

export type Loaded = { readonly fields: readonly Field[]; readonly held: Held } | { readonly trouble: string };

export type Saved =
  | { readonly outcome: "saved" }
  /** Someone else changed something meanwhile: nothing was saved. */
  | { readonly outcome: "overtaken" }
  | { readonly outcome: "refused"; readonly faults: Readonly<Record<string, string>>; readonly why: string };

export async function loadSettings(): Promise<Loaded> {
  const [schema, held] = await Promise.all([
    fetchJson<SettingsSchema>(here("api/dashboard/config/schema")),
    readHeld(),
  ]);
  if ("trouble" in schema) return schema;
  if ("trouble" in held) return held;
  return { fields: fieldsOf(schema.answer), held };
}

/** The settings in force, or why they cannot be read. Never rejects. */
export async function readHeld(): Promise<Held | { readonly trouble: string }> {
  const answer = await fetchSignedIn(here("api/dashboard/config")).catch(() => null);
  if (answer === null) return { trouble: noAnswer };
  if (!answer.ok) return { trouble: describeFailure(answer, await problemIn(answer)) };
  return { settings: (await answer.json()) as Tunables, etag: answer.headers.get("etag") ?? "*" };
}

/** Saves where the settings are still those of `etag`. Never rejects. */
export async function saveSettings(patch: TunablesPatch, etag: string): Promise<Saved> {
  const answer = await sendJson("POST", "api/dashboard/config", patch, { "if-match": etag }).catch(() => null);
  if (answer === null) return { outcome: "refused", faults: {}, why: `${noAnswer} Nothing was saved.` };
  if (answer.ok) return { outcome: "saved" };
  if (answer.status === 412) return { outcome: "overtaken" };
  const problem = await problemIn(answer);
  return {
    outcome: "refused",
    faults: faultsIn(problem),
    why: `${describeFailure(answer, problem)} Nothing was saved.`,
  };
}
