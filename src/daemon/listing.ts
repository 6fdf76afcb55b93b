import type { Download } from "../api/export";
import type { ListingDeps } from "../api/listing";
import type { Page } from "../store/paging";
import { readCursor } from "../store/cursor";
import type { ListName } from "../views/queries";
import type { DaemonParts } from "./parts";

/** Downloads are made in parts of so many rows, each while the one before is sent. */
const partRows = 5000;

/** What routes list, and hand out as downloads. */
export function listingOf(parts: DaemonParts): ListingDeps {
  const { queries, audit, now } = parts;
  return { now, audit, queries, download: (name, filter, download) => downloadOf(parts, name, filter, download) };
}

async function* downloadOf(
  { far, settings }: DaemonParts,
  name: ListName,
  filter: Page,
  download: Download,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  let left = settings.config.maxExportRows;
  let { cursor } = filter;
  while (left > 0) {
    const page = { ...filter, limit: Math.min(partRows, left), cursor };
    const { bytes, rows, next } = await far.download(name, page, download);
    yield bytes;
    left -= rows;
    if (next === null) return;
    cursor = readCursor(next) ?? undefined;
  }
}
