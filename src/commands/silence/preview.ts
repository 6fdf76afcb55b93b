import { dataFolder } from "../../config/environment";
import type { Matcher } from "../../core/matcher";
import { previewSilence } from "../../replay/silence-preview";
import { openForReading } from "../../store/db";
import { silencePreviewShape, type SilencePreview } from "../../views/silences";
import { learnLocalClock } from "../client/local-clock";
import { Rest } from "../client/rest";
import { deskNow } from "../print/desk-clock";
import { plain } from "../print/plain";
import { printOne } from "../print/print";
import type { TermsOptions } from "../silence";

/** A week may hold a hundred thousand observations. */
const withinMs = 120_000;

/** From the database, whether the daemon runs or not, or from the address given. */
export async function previewAtCommandLine(match: readonly Matcher[], options: TermsOptions): Promise<void> {
  const preview = await read(match, options);
  printOne(preview, options.output, { id: String(preview.hidden), table: plain(preview.words) });
}

async function read(match: readonly Matcher[], { url, data, includeHigh }: TermsOptions): Promise<SilencePreview> {
  const high = includeHigh === true;
  if (url === undefined) {
    const folder = dataFolder(data);
    using database = openForReading(folder);
    await learnLocalClock(folder, database);
    return await previewSilence(database, { match, includeHigh: high }, deskNow());
  }
  const { UrlConnection } = await import("../client/url-connection");
  const body = { match, include_high: high };
  return await new Rest(new UrlConnection(url)).post("/api/silences/preview", body, silencePreviewShape, withinMs);
}
