import { Episodes } from "../core/alpha/episodes";
import { storedJson } from "./fault";
import type { StoreWriter } from "./writer";
import type { Reader } from "./reader";

const rememberedAs = "alpha episodes";

/** The findings that stood when the program last ran: seen again, they are no news. */
export function storedEpisodes(reader: Reader): Episodes {
  const text = reader.meta(rememberedAs);
  // A word this program wrote itself: its shape is that of `keepEpisodes`.
  return new Episodes(text === undefined ? [] : (storedJson(text) as [string, number][]));
}

/** Kept with every scan, so that a restart between two of them repeats nothing. */
export function keepEpisodes(storeWriter: StoreWriter, episodes: Episodes): void {
  storeWriter.remember(rememberedAs, JSON.stringify(episodes.entries()));
}
