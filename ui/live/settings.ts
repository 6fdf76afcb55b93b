import type { Tunables } from "../../src/core/tunables";
import { fetchJson } from "./fetch-json";
import type { Store } from "../store";

/** Reads the settings once; from then on the daemon sends every change, and after a gap they are read again. */
export function followSettings(store: Store, url: URL): void {
  const read = async () => {
    const fetched = await fetchJson<Tunables>(url);
    if ("answer" in fetched) store.setSettings(fetched.answer);
  };
  store.listen((frame) => {
    if (
      frame.type === "resync" ||
      (frame.type === "hello" && store.settings.peek() === null && store.receivedAt.peek() !== null)
    )
      void read();
  });
  void read();
}
