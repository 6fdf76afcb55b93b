import type { z } from "zod";
import type { Audit } from "../auth/audit";
import type { Moment } from "../core/query-text";
import { pageFields, readCursor, type ListOf, type Narrowed, type Page } from "../views/page";
import { lists, type ListName, type Queries } from "../views/queries";
import { exportResponse, type Download } from "./export";
import { Problem } from "./problems";
import { actorOf, listOf, route, type Call, type Route } from "./route";
import { forSlowReader } from "./slow-reader";

/** What every list needs. */
export interface ListingDeps {
  readonly now: () => number;
  readonly queries: Queries;
  /** A whole list part by part, up to the configured number of rows. */
  readonly download: (name: ListName, filter: Page, download: Download) => AsyncIterator<Uint8Array<ArrayBuffer>, void>;
  readonly audit: Audit;
}

type PageQuery = z.output<z.ZodObject<typeof pageFields>>;

interface Listed<S extends z.ZodObject<typeof pageFields>> {
  readonly need?: Route["need"];
  readonly summary: string;
  readonly filter: S;
  /** Throws Problem where the filter asks for what there is not. */
  readonly check?: (narrowed: Narrowed<S>) => void;
  /** How many there are of the whole filter, beside every page. */
  readonly counts?: { readonly shape: z.ZodType; readonly of: (filter: Page & Narrowed<S>) => Promise<unknown> };
}

/** A list under `/api/` and its name: a page as JSON, or with `format` the whole filter as a download. */
export function listRoute<S extends z.ZodObject<typeof pageFields>>(
  name: ListName,
  deps: ListingDeps,
  { need = "dashboard.view", summary, filter, check, counts }: Listed<S>,
): Route {
  const page = listOf(lists[name].item);
  const answer: z.ZodType = counts === undefined ? page : page.extend({ counts: counts.shape });
  return route({
    method: "GET",
    path: `/api/${name}`,
    need,
    summary,
    query: filter,
    answer,
    async handle(call) {
      const { limit, cursor, since, until, format, ...narrowed } = call.query as PageQuery;
      check?.(narrowed as Narrowed<S>);
      const now = deps.now();
      const page = { limit: limit ?? 50, cursor: placeOf(cursor), since: since?.(now), until: until?.(now) };
      const wanted = { ...narrowed, ...page };
      if (format !== undefined && format !== "json") return download(call, deps, name, wanted, format);
      const list = (deps.queries[name] as (filter: Page) => Promise<ListOf<unknown>>)(wanted);
      if (counts === undefined) return await list;
      const [answer, counted] = await Promise.all([list, counts.of(wanted as Page & Narrowed<S>)]);
      return { ...answer, counts: counted };
    },
  });
}

function placeOf(cursor: string | undefined) {
  const place = cursor === undefined ? undefined : readCursor(cursor);
  if (place === null) throw new Problem("bad-cursor");
  return place;
}

async function download(
  call: Call,
  deps: ListingDeps,
  name: ListName,
  wanted: Page,
  format: "csv" | "jsonl",
): Promise<Response> {
  const { format: _, limit: __, cursor: ___, ...filters } = call.context.req.query();
  const subject = `${name}.${format}`;
  deps.audit({ ...actorOf(call), at: deps.now(), what: "exported", subject, before: null, after: filters });
  const written = { format, columns: Object.keys(lists[name].item.shape) };
  const response = await exportResponse(name, written, deps.download(name, wanted, written));
  return forSlowReader(response, call.context.env.setIdleTimeout);
}

const usualStretchMs = 4 * 3_600_000;

/** When a stretch begins, epoch ms; 4 hours ago where nothing else was asked for. */
export function momentOf(since: Moment | undefined, now: number): number {
  return since?.(now) ?? now - usualStretchMs;
}
