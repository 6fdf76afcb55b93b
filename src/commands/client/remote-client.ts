import { z } from "zod";
import { isoOf, parseId } from "../../views/shape";
import {
  alertShape,
  decisionShape,
  opportunityShape,
  quarantineShape,
  signalShape,
  type AlertShape,
  type DecisionShape,
  type OpportunityShape,
  type QuarantineShape,
  type SignalShape,
} from "../../views/shapes";
import { auditShape, type AuditShape } from "../../views/audit";
import {
  alertDetailShape,
  decisionDetailShape,
  opportunityDetailShape,
  receivedDetailShape,
  signalDetailShape,
} from "../../views/trace";
import { found, type Client, type Detail } from "./client";
import type { AlertQuery, AuditQuery, HeldQuery, OpportunityQuery, Query, SignalQuery } from "./queries";
import { Rest } from "./rest";
import { UrlConnection } from "./url-connection";
import { socketChanges } from "./socket-changes";

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

  alerts({ priority, minPriority, type, source, state, ...page }: AlertQuery): Promise<AlertShape[]> {
    return this.#list("/api/alerts", alertShape, page, { priority, min_priority: minPriority, type, source, state });
  }

  signals({ source, direction, minStrength, ...page }: SignalQuery): Promise<SignalShape[]> {
    return this.#list("/api/signals", signalShape, page, { source, direction, min_strength: minStrength });
  }

  opportunities({ pattern, minConfidence, ...page }: OpportunityQuery): Promise<OpportunityShape[]> {
    return this.#list("/api/opportunities", opportunityShape, page, { pattern, min_confidence: minConfidence });
  }

  held({ source, reason, missed, ...page }: HeldQuery): Promise<DecisionShape[]> {
    return this.#list("/api/decisions", decisionShape, page, {
      source,
      reason,
      missed,
      outcome: reason === undefined && missed === undefined ? "held" : undefined,
    });
  }

  async quarantine(): Promise<QuarantineShape[]> {
    return this.#list("/api/quarantine", quarantineShape, { limit: Number.POSITIVE_INFINITY }, {});
  }

  audit({ who, what, ...page }: AuditQuery): Promise<AuditShape[]> {
    return this.#list("/api/audit", auditShape, page, { who, what });
  }

  async detail(id: string): Promise<Detail | null> {
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
      case undefined:
        return null;
    }
  }

  changes(topic: "alerts" | "signals", stop: AbortSignal): AsyncIterable<void> {
    return socketChanges(this.#connection, topic, stop);
  }

  [Symbol.dispose](): void {}

  async #list<T>(
    path: string,
    shape: z.ZodType<T>,
    { limit, since, until, symbol }: Query,
    filter: Readonly<Record<string, string | number | undefined>>,
  ): Promise<T[]> {
    const page = z.object({ items: z.array(shape), next_cursor: z.string().nullable() });
    const items: T[] = [];
    let cursor: string | undefined;
    do {
      const query = {
        ...filter,
        symbol,
        cursor,
        since: timeOf(since),
        until: timeOf(until),
        limit: Math.min(pageMax, limit - items.length),
      };
      const found = await this.#rest.get(path, page, query);
      items.push(...found.items);
      cursor = found.next_cursor ?? undefined;
    } while (cursor !== undefined && items.length < limit);
    return items;
  }
}

function timeOf(at: number | undefined): string | undefined {
  return at === undefined ? undefined : isoOf(at);
}
