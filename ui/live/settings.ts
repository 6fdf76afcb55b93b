import { effect } from "@preact/signals";
import type { Tunables } from "../../src/core/tunables";
import { fetchJson } from "./fetch-json";
import type { Store } from "../store";

/** The settings come with the socket's greeting, and every change after it; where no socket can be had they are read. */
export function followSettings(store: Store, url: URL): void {
  const read = async () => {
    const fetched = await fetchJson<Tunables>(url);
    if ("answer" in fetched && store.link.peek() !== "connected") store.setSettings(fetched.answer);
  };
  effect(() => {
    if (store.link.value === "polling") void read();
  });
}
