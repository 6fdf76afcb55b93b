import { z } from "zod";
import { formatMatcher } from "../../core/matcher";
import type { FilterOf, ItemOf, ListName } from "../../views/queries";
import { isoOf, parseId } from "../../views/shape";
import { found, type Client, type Detail } from "./client";
import { loadList } from "./lists";
import { Rest } from "./rest";
import { UrlConnection } from "./url-connection";

/** Most rows the API hands out at once. */
const pageMax = 100;

/** The desk behind an address, asked over its REST API. */
export class RemoteClient implements Client {
  readonly #connection: UrlConnection;
  readonly #rest: Rest;

  constructor(url: string) {
    this.#connection = new UrlConnection(url);
    this.#rest = new Rest(this.#connection);
  }

  async list<N extends ListName>(name: N, { limit, since, until, ...filter }: FilterOf<N>): Promise<ItemOf<N>[]> {
    const { item } = await loadList[name]();
    const page = z.object({ items: z.array(item as z.ZodType), next_cursor: z.string().nullable() });
    const times = { since: timeOf(since), until: timeOf(until) };
    const match = { match: (filter as FilterOf<"alerts">).match?.map(formatMatcher) };
    const items: unknown[] = [];
    let cursor: string | undefined;
    do {
      const query = { ...filter, ...match, ...times, cursor, limit: Math.min(pageMax, limit - items.length) };
      const answer = await this.#rest.get(`/api/${name}`, page, query);
      items.push(...answer.items);
      cursor = answer.next_cursor ?? undefined;
    } while (cursor !== undefined && items.length < limit);
    return items as ItemOf<N>[];
  }

  async detail(id: string): Promise<Detail | null> {
    // Loaded when asked for: lists should not wait for what only a trace needs.
    const { alertDetailShape, decisionDetailShape, opportunityDetailShape, receivedDetailShape, signalDetailShape } =
      await import("../../views/trace");
    switch (parseId(id)?.letter) {
      case "s":
        return found("signal", await this.#rest.find(`/api/signals/${id}`, signalDetailShape));
      case "a":
        return found("alert", await this.#rest.find(`/api/alerts/${id}`, alertDetailShape));
      case "o":
        return found("opportunity", await this.#rest.find(`/api/opportunities/${id}`, opportunityDetailShape));
      case "m":
      case "r":
        return found("received", await this.#rest.find(`/api/received/${id}`, receivedDetailShape));
      case "d":
        return found("decision", await this.#rest.find(`/api/decisions/${id}`, decisionDetailShape));
      case "q":
      case undefined:
        return null;
    }
  }

  async *changes(topic: "alerts" | "signals", stop: AbortSignal): AsyncIterable<void> {
    const { socketChanges } = await import("./socket-changes");
    yield* socketChanges(this.#connection, topic, stop);
  }

  [Symbol.dispose](): void {}
}

function timeOf(at: number | undefined): string | undefined {
  return at === undefined ? undefined : isoOf(at);
}
