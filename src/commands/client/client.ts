import type { z } from "zod";
import type { AuditShape } from "../../views/audit";
import type { AlertShape, DecisionShape, OpportunityShape, QuarantineShape, SignalShape } from "../../views/shapes";
import type {
  DecisionDetail,
  ReceivedDetail,
  alertDetailShape,
  opportunityDetailShape,
  signalDetailShape,
} from "../../views/trace";
import type { AlertQuery, AuditQuery, HeldQuery, OpportunityQuery, SignalQuery } from "./queries";

/** All that is known of one thing, with its trace. */
export type Detail =
  | { readonly about: "signal"; readonly detail: z.infer<typeof signalDetailShape> }
  | { readonly about: "alert"; readonly detail: z.infer<typeof alertDetailShape> }
  | { readonly about: "received"; readonly detail: ReceivedDetail }
  | { readonly about: "decision"; readonly detail: DecisionDetail }
  | { readonly about: "opportunity"; readonly detail: z.infer<typeof opportunityDetailShape> };

export function found<A extends Detail["about"]>(
  about: A,
  detail: Extract<Detail, { about: A }>["detail"] | null,
): Detail | null {
  return detail === null ? null : ({ about, detail } as Detail);
}

/** A desk that can be asked; lists come newest first. */
export interface Client extends Disposable {
  alerts(query: AlertQuery): Promise<readonly AlertShape[]>;
  signals(query: SignalQuery): Promise<readonly SignalShape[]>;
  opportunities(query: OpportunityQuery): Promise<readonly OpportunityShape[]>;
  held(query: HeldQuery): Promise<readonly DecisionShape[]>;
  quarantine(): Promise<readonly QuarantineShape[]>;
  audit(query: AuditQuery): Promise<readonly AuditShape[]>;
  /** Null where there is no such thing. */
  detail(id: string): Promise<Detail | null>;
  /** Comes around whenever something may have changed, until `stop`. */
  changes(topic: "alerts" | "signals", stop: AbortSignal): AsyncIterable<void>;
}

/** The database of the data folder, or the daemon behind an address where one is given. */
export async function clientFrom(options: { readonly data?: string; readonly url?: string }): Promise<Client> {
  if (options.url !== undefined) return new (await import("./remote-client")).RemoteClient(options.url);
  const { DatabaseClient } = await import("./database-client");
  const { dataFolder } = await import("../../config/environment");
  return new DatabaseClient(dataFolder(options.data));
}
