import type { Tunables, TunablesPatch } from "../../src/core/tunables";
import { here } from "../here";
import { sendJson } from "../live/access";
import { fetchSignedIn } from "../live/session";
import { fieldsOf, type Field, type SettingsSchema } from "./fields";

/** The settings as they hold, and the mark that tells whether they still do when a change is sent. */
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
  const [schema, held] = await Promise.all([fetchSignedIn(here("api/dashboard/config/schema")), readHeld()]).catch(
    () => [null, null] as const,
  );
  if (schema === null) return { trouble: "The daemon does not answer." };
  if (!schema.ok) return { trouble: `The daemon answered ${schema.status}.` };
  if ("trouble" in held) return held;
  return { fields: fieldsOf((await schema.json()) as SettingsSchema), held };
}

export async function readHeld(): Promise<Held | { readonly trouble: string }> {
  const answer = await fetchSignedIn(here("api/dashboard/config"));
  if (answer.status === 429)
    return {
      trouble: `The daemon limits how often this is asked; again in ${answer.headers.get("retry-after") ?? "a few"} s.`,
    };
  if (!answer.ok) return { trouble: `The daemon answered ${answer.status}.` };
  return { settings: (await answer.json()) as Tunables, etag: answer.headers.get("etag") ?? "*" };
}

export async function saveSettings(patch: TunablesPatch, etag: string): Promise<Saved> {
  const answer = await sendJson("POST", "api/dashboard/config", patch, { "if-match": etag }).catch(() => null);
  if (answer === null) return { outcome: "refused", faults: {}, why: "The daemon does not answer; nothing was saved." };
  if (answer.ok) return { outcome: "saved" };
  if (answer.status === 412) return { outcome: "overtaken" };
  if (answer.status === 403)
    return { outcome: "refused", faults: {}, why: "You may look at the settings, not change them." };
  if (answer.status === 429)
    return {
      outcome: "refused",
      faults: {},
      why: `Saved too often; again in ${answer.headers.get("retry-after") ?? "a few"} s.`,
    };
  const problem = (await answer.json()) as {
    readonly title?: string;
    readonly errors?: readonly { readonly path: string; readonly message: string }[];
  };
  return {
    outcome: "refused",
    faults: Object.fromEntries((problem.errors ?? []).map(({ path, message }) => [path, message])),
    why: problem.title ?? `The daemon answered ${answer.status}; nothing was saved.`,
  };
}
