import { z } from "zod";
import { dataFolder } from "../../config/environment";
import { openForReading } from "../../store/db";
import { silenceList, silenceShape, type SilenceShape, type SilenceState } from "../../views/silences";
import { learnLocalClock } from "../client/local-clock";
import { Rest } from "../client/rest";
import { printItems } from "../print/print";
import { timeFormatFor } from "../print/time";
import type { SilenceOptions } from "../silence";
import { shownWith } from "./shown";

const rowsMax = 1000;

/** From the database, which says the same whether the daemon runs or not, or from the address given. */
export async function listSilences(state: SilenceState, options: SilenceOptions): Promise<void> {
  printItems(await read(state, options), options.output, shownWith(timeFormatFor(options)));
}

async function read(state: SilenceState, { url, data }: SilenceOptions): Promise<readonly SilenceShape[]> {
  if (url === undefined) {
    const folder = dataFolder(data);
    using database = openForReading(folder);
    await learnLocalClock(folder, database);
    return silenceList(database, state, rowsMax);
  }
  const { UrlConnection } = await import("../client/url-connection");
  const page = z.object({ items: z.array(silenceShape) });
  return (await new Rest(new UrlConnection(url)).get("/api/silences", page, { state, limit: rowsMax })).items;
}
