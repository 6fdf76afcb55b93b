import { z } from "zod";
import { giveUpSchema, kindOf } from "../config/channels";
import { nameSchema } from "../core/name-schema";
import { redact } from "../config/redaction";
import { inPlainWords, plainIssues, type PlainIssue } from "../core/plain-words";
import type { ChannelKind } from "../notify/channels/channel";
import { channelFromUrl } from "../notify/channels/from-url";
import { channelKinds } from "../notify/channels/index";

type Values = Readonly<Record<string, unknown>>;

/** Settings of a channel, apart from each other: what may be shown, and its secrets. */
export interface SplitSettings {
  readonly plain: Values;
  readonly secrets: Values;
}

/** Why settings are none, field by field; no value is repeated. */
export class WrongSettings extends Error {
  override readonly name = "WrongSettings";
  constructor(readonly issues: readonly PlainIssue[]) {
    super(issues.map(({ path, message }) => `${path}: ${message}`).join("; "));
  }
}

/** How a channel is asked for: its kind and settings beside its name, or one address as Apprise writes it. */
export const newChannelSchema = z
  .looseObject({
    name: nameSchema,
    kind: z.enum(channelKinds.map(({ kind }) => kind) as [string, ...string[]]).optional(),
    give_up: giveUpSchema.optional(),
  })
  .meta({
    description: "kind and its settings as in virtuoso.config.ts, secrets as they are; or url, such as ntfys://topic",
  });
export type NewChannel = z.output<typeof newChannelSchema>;

/** What changes: settings that are left out stay, null takes one away. */
export const channelPatchSchema = z.looseObject({ give_up: giveUpSchema.optional() }).meta({
  description: "settings as in virtuoso.config.ts: what is left out stays, secrets as well; null takes one away",
});
export type ChannelPatch = z.output<typeof channelPatchSchema>;

/** The kind that is asked for, and its settings, checked. Throws WrongSettings. */
export function settingsAskedFor(asked: NewChannel): {
  readonly kind: ChannelKind;
  readonly settings: Values;
} {
  const { url, ...others } = settingsIn(asked);
  if (asked.kind !== undefined) return checked(asked.kind, settingsIn(asked));
  if (typeof url !== "string") throw new WrongSettings([{ path: "kind", message: "expected a kind, or a url" }]);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined)
    throw new WrongSettings([{ path: unknown, message: "a url says all there is: expected nothing beside it" }]);
  const read = channelFromUrl(url);
  if ("issue" in read) throw new WrongSettings([{ path: "url", message: read.issue }]);
  return checked(read.kind, read.settings);
}

/** What holds after a change. Throws WrongSettings. */
export function settingsChanged(kind: string, before: Values, patch: ChannelPatch) {
  const merged = Object.entries({ ...before, ...settingsIn(patch) }).filter(([, value]) => value !== null);
  return checked(kind, Object.fromEntries(merged));
}

/** What stands beside the settings of a channel. */
const beside = ["name", "kind", "give_up"];

function settingsIn(asked: Values): Values {
  return Object.fromEntries(Object.entries(asked).filter(([name]) => !beside.includes(name)));
}

/** Throws WrongSettings. */
export function checked(name: string, settings: Values): { readonly kind: ChannelKind; readonly settings: Values } {
  const kind = kindOf(name);
  if (kind === undefined) throw new WrongSettings([{ path: "kind", message: `there is no kind ${name}` }]);
  const parsed = kind.settings.safeParse(settings, inPlainWords);
  if (parsed.success) return { kind, settings: parsed.data };
  // Any of them may be a secret in the wrong place.
  throw new WrongSettings(
    plainIssues(parsed.error).map(({ path, message }) => ({ path, message: message.replace(/, got .*$/s, "") })),
  );
}

export function split({ secrets }: ChannelKind, settings: Values): SplitSettings {
  const isSecret = ([name]: [string, unknown]) => name in secrets;
  const entries = Object.entries(settings);
  return {
    plain: Object.fromEntries(entries.filter((entry) => !isSecret(entry))),
    secrets: Object.fromEntries(entries.filter(isSecret)),
  };
}

/** Every text in it. */
export function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** As it may be shown: an address may have a secret in it all the same. */
export function showable(plain: Values): Record<string, unknown> {
  return JSON.parse(redact(JSON.stringify(plain))) as Record<string, unknown>;
}
