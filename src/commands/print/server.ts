import type { ServerSetting } from "../../config/server";

/** How it is reached, in words: each setting that somebody made, and where. */
export function printServer(settings: readonly ServerSetting[]): string[] {
  return settings
    .filter(({ origin }) => origin !== "default")
    .map(({ name, value, origin }) => `${name} ${wordsOf(value)} (${origin})`);
}

function wordsOf(value: ServerSetting["value"]): string {
  const text = typeof value === "object" ? (value?.join(" and ") ?? "") : String(value);
  return text === "" ? "nothing" : text;
}
