import type { z } from "zod";
import type { Audit } from "../auth/audit";
import type { ListOf } from "../views/lists";
import { exportResponse, type Download } from "./export";
import type { DownloadName, Part } from "./ports";
import { Problem } from "./problems";
import type { Moment } from "./queries";
import { actorOf, type Call } from "./route";
import { forSlowReader } from "./slow-reader";

/** What every list needs beside its rows. */
export interface ListingDeps {
  readonly now: () => number;
  /** Null where it is no cursor of ours. */
  readonly readCursor: (text: string) => { at: number; seq: number } | null;
  /** A whole list part by part, up to the configured number of rows. */
  readonly download: (
    name: DownloadName,
    filter: Part,
    download: Download,
  ) => AsyncIterator<Uint8Array<ArrayBuffer>, void>;
  readonly audit: Audit;
}

interface RequestedPage {
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly since?: Moment | undefined;
  readonly until?: Moment | undefined;
  readonly format?: "json" | "csv" | "jsonl" | undefined;
}

interface Listed<F, T> {
  readonly name: DownloadName;
  readonly shape: z.ZodObject;
  readonly page: RequestedPage;
  readonly filter: F;
  readonly find: (filter: F & Part) => Promise<ListOf<T>>;
}

/** A page as JSON, or with `format` the whole filter as a download. Throws Problem. */
export async function answerList<F extends object, T>(
  call: Call,
  deps: ListingDeps,
  { name, shape, page: { limit, cursor, since, until, format }, filter, find }: Listed<F, T>,
): Promise<Response | ListOf<T>> {
  const now = deps.now();
  const from = cursor === undefined ? undefined : deps.readCursor(cursor);
  if (from === null) throw new Problem("bad-cursor");
  const part = { ...filter, limit: limit ?? 50, cursor: from, since: since?.(now), until: until?.(now) };
  if (format === undefined || format === "json") return await find(part);
  const { format: _, limit: __, cursor: ___, ...filters } = call.context.req.query();
  const subject = `${name}.${format}`;
  deps.audit({ ...actorOf(call), at: now, what: "exported", subject, before: null, after: filters });
  const download = { format, columns: Object.keys(shape.shape) };
  const response = await exportResponse(name, download, deps.download(name, part, download));
  return forSlowReader(response, call.context.env.setIdleTimeout);
}

const usualStretchMs = 4 * 3_600_000;

/** When a stretch begins, epoch ms; 4 hours ago where nothing else was asked for. */
export function momentOf(since: Moment | undefined, now: number): number {
  return since?.(now) ?? now - usualStretchMs;
}
