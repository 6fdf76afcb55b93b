import { z } from "zod";
import { kindOf } from "../../config/channels";
import { holdsPassword } from "../../config/secret";
import type { ChannelKind, SecretForm } from "../../notify/channels/channel";
import { channelKinds } from "../../notify/channels/index";
import { unseen } from "../access/ask-password";
import type { AddOptions } from "../channel";
import { WrongUsage } from "../exit";
import { remark } from "../print/print";
import type { AskedChannel } from "./channel-admin";

type Settings = Record<string, unknown>;

/** What is asked for: settings from the command line, secrets from the terminal or stdin. Throws WrongUsage. */
export async function askedFor(name: string, kindOrUrl: string, options: AddOptions): Promise<AskedChannel> {
  const beside = { name, ...(options.giveUp === undefined ? {} : { give_up: options.giveUp }) };
  if (kindOrUrl === "-") return { ...beside, url: firstLine(await Bun.stdin.text()) };
  if (kindOrUrl.includes("://")) {
    if (/@|token=|^(?:tgram|discord|slack|mailtos?):|\/webhooks\/|hooks\.slack/i.test(kindOrUrl))
      remark("every account of this machine could read that address while this ran: - reads it from stdin");
    return { ...beside, url: kindOrUrl };
  }
  const kind = kindOf(kindOrUrl);
  if (kind === undefined)
    throw new WrongUsage(
      `expected ${channelKinds.map((each) => each.kind).join(", ")} or an address, got ${kindOrUrl}`,
    );
  const settings: Settings = {};
  for (const given of options.set ?? []) set(kind, settings, given, "argv");
  await addSecrets(kind, settings);
  return { ...beside, kind: kind.kind, ...settings };
}

async function addSecrets(kind: ChannelKind, settings: Settings): Promise<void> {
  const open = Object.keys(kind.secrets).filter((name) => !(name in settings));
  if (open.length === 0) return;
  if (!process.stdin.isTTY) {
    const lines = (await Bun.stdin.text()).split(/\r?\n/).filter((line) => line.trim() !== "");
    for (const line of lines) set(kind, settings, line, "stdin");
    return;
  }
  for (const name of open) {
    const form = formOf(kind, name);
    const prompt = form === "values" ? `${name}, as name=value; empty for none: ` : `${name}; empty for none: `;
    const typed = (await unseen(prompt)).trim();
    if (typed !== "") set(kind, settings, form === "values" ? `${name}.${typed}` : `${name}=${typed}`, "stdin");
  }
}

/** `key=value`, or `key.name=value` for one value of a record. */
function set(kind: ChannelKind, settings: Settings, given: string, from: "argv" | "stdin"): void {
  const [, path = "", value = ""] = /^([^=]+)=(.*)$/s.exec(given) ?? [];
  const [key = "", ...rest] = path.trim().split(".");
  if (!(key in kind.settings.shape))
    throw new WrongUsage(
      `expected ${Object.keys(kind.settings.shape).join("=, ")}=${from === "stdin" ? " on stdin" : ""}${from === "argv" ? `, got ${path || "no ="}` : ""}`,
    );
  const form = formOf(kind, key);
  if (from === "argv" && form !== undefined && (form !== "either" || holdsPassword(value)))
    throw new WrongUsage(`${key} is a secret: it is asked for on a terminal, and read from stdin as ${key}=VALUE`);
  const inner = rest.join(".");
  if (form === "values" || (form === undefined && inner !== "")) {
    settings[key] = { ...(settings[key] as Settings | undefined), [inner]: value };
    return;
  }
  const before = settings[key];
  settings[key] = form === "several" && before !== undefined ? [before, value].flat() : valueFor(kind, key, value);
}

function formOf({ secrets }: ChannelKind, key: string): SecretForm | undefined {
  return secrets[key];
}

/** Text where the setting is text; else what the text says as JSON, or a list by commas. */
function valueFor({ settings }: ChannelKind, key: string, text: string): unknown {
  const { [key]: schema = z.never() }: Readonly<Record<string, z.core.$ZodType>> = settings.shape;
  const accepts = (value: unknown) => z.safeParse(schema, value).success;
  const readings: unknown[] = [text, jsonOf(text), text.split(",").map((each) => each.trim())];
  return readings.find(accepts) ?? text;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function firstLine(text: string): string {
  const line = text.split(/\r?\n/, 1)[0]?.trim() ?? "";
  if (line === "") throw new WrongUsage("expected an address on the first line of stdin");
  return line;
}
