import type { Sealer } from "../auth/sealing";
import { kindOf } from "../config/channels";
import { hideSecret } from "../config/redaction";
import type { ChannelKind } from "../notify/channels/channel";
import type { Channel } from "../notify/deliver-deps";
import type { ChannelRow } from "../store/channels";
import { storedJson } from "../store/fault";
import type { ChannelFacts } from "../views/channels";
import { z } from "zod";
import { checked, showable, split, textsIn } from "./channel-settings";

/** A channel made at run time, as far as it can be opened. */
export interface RuntimeChannel {
  readonly row: ChannelRow;
  readonly facts: ChannelFacts;
  /** One that is locked answers every try with the reason. */
  readonly channel: Channel;
}

const values = z.record(z.string(), z.unknown());
/** `secrets`: the names of those that are sealed. */
const keptShape = z.object({ giveUpMs: z.number(), settings: values, secrets: z.array(z.string()) });

export interface WantedChannel extends Pick<ChannelRow, "name" | "createdAt" | "createdBy"> {
  readonly kind: ChannelKind;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly giveUpMs: number;
}

/** As it is kept: its secrets sealed for its name alone. Throws SealError, and what the disk throws. */
export function rowOf({ name, kind, settings, giveUpMs, createdAt, createdBy }: WantedChannel, sealer: Sealer) {
  const { plain, secrets } = split(kind, settings);
  const names = Object.keys(secrets);
  return {
    name,
    kind: kind.kind,
    settings: JSON.stringify({ giveUpMs, settings: plain, secrets: names } satisfies z.input<typeof keptShape>),
    sealed: names.length === 0 ? "" : sealer.seal(JSON.stringify(secrets), purposeOf(name)),
    createdAt,
    createdBy,
  } satisfies ChannelRow;
}

/** Its secrets read, from now on printed nowhere; or why they cannot be. */
export function openChannel(row: ChannelRow, sealer: Sealer): RuntimeChannel {
  const { name, kind: kindName, createdAt, createdBy } = row;
  const { giveUpMs, settings: plain, secrets } = storedJson(row.settings, keptShape);
  const known = kindOf(kindName);
  const opened = openedSettings(row, plain, sealer);
  const facts = {
    name,
    kind: kindName,
    origin: "runtime" as const,
    audience: known?.audience ?? "people",
    settings: showable(plain),
    secrets,
    giveUpMs,
    createdAt,
    createdBy,
  };
  if ("why" in opened) {
    return {
      row,
      facts: { ...facts, locked: opened.why },
      channel: { name, kind: lockedKind(known, opened.why), settings: plain, giveUpMs },
    };
  }
  const { kind, settings } = opened;
  return { row, facts: { ...facts, locked: null }, channel: { name, kind, settings, giveUpMs } };
}

type Opened = { readonly kind: ChannelKind; readonly settings: Readonly<Record<string, unknown>> };

function openedSettings(
  { name, kind, sealed }: ChannelRow,
  plain: Readonly<Record<string, unknown>>,
  sealer: Sealer,
): Opened | { readonly why: string } {
  try {
    const secrets = sealed === "" ? {} : values.parse(JSON.parse(sealer.unseal(sealed, purposeOf(name))));
    for (const text of textsIn(secrets)) hideSecret(text);
    return checked(kind, { ...plain, ...secrets });
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

/** It stays a channel, so that what is owed to it waits and others are sent that it is broken. */
function lockedKind(kind: ChannelKind | undefined, why: string): ChannelKind {
  const base = kind ?? unknownKind;
  return {
    ...base,
    paces: () => [],
    send: () =>
      Promise.resolve({
        outcome: "broken",
        answer: why,
        advice: "put back seal.key in the data folder, or give the channel its secrets again",
      }),
  };
}

const unknownKind: ChannelKind = {
  kind: "unknown",
  audience: "people",
  slots: 1,
  edits: false,
  settings: z.object({}),
  secrets: {},
  lengthMax: 0,
  paces: () => [],
  send: () => Promise.reject(new Error("this version knows no such kind")),
};

function purposeOf(name: string): string {
  return `secrets of channel ${name}`;
}
