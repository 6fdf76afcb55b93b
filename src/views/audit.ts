import { z } from "zod";
import { listAudit, verifyAudit, type AuditRow } from "../store/audit";
import type { Database } from "../store/db";
import type { AuditFilter } from "../store/filters/audit";
import type { Reach } from "../store/reach";
import { pageOf, type ListOf } from "./page";
import { isoOf } from "./shape";
import { storedJson } from "../store/fault";

export { auditFilter } from "../store/filters/audit";

/**
 * One deed. `from` is an address, `command line` or `config file`; `before` and `after` are what it changed, null
 * where there is nothing to say.
 */
export const auditShape = z.object({
  id: z.string(),
  timestamp: z.iso.datetime(),
  who: z.string(),
  from: z.string(),
  what: z.string(),
  subject: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  /** SHA-256 over this row and the one before. */
  hash: z.string(),
});
export type AuditShape = z.infer<typeof auditShape>;

export function auditList(database: Database, filter: AuditFilter, reach?: Reach): ListOf<AuditShape> {
  return pageOf(listAudit(database, filter, reach), shapeAudit);
}

/** `changed`: the row, or one before it that was hashed again. `missing`: rows up to there are gone. `cut`: the newest are gone. */
export const auditChainShape = z.object({
  whole: z.boolean(),
  entries: z.number().int(),
  /** Of the newest entry; it stands for all before it. */
  hash: z.string(),
  breaks: z
    .array(z.object({ id: z.string(), what: z.enum(["changed", "missing", "cut"]) }))
    .meta({ description: "The first 100." }),
  checked_at: z.iso.datetime(),
});
export type AuditChain = z.infer<typeof auditChainShape>;

const breaksMax = 100;

export async function auditChain(database: Database, now: number): Promise<AuditChain> {
  const { head, breaks } = await verifyAudit(database);
  return {
    whole: breaks.length === 0,
    entries: head.id,
    hash: head.hash,
    breaks: breaks.slice(0, breaksMax).map(({ id, what }) => ({ id: String(id), what })),
    checked_at: isoOf(now),
  };
}

function shapeAudit({ id, at, who, from, what, subject, before, after, hash }: AuditRow): AuditShape {
  return {
    id: String(id),
    timestamp: isoOf(at),
    who,
    from,
    what,
    subject,
    before: valueOf(before),
    after: valueOf(after),
    hash,
  };
}

function valueOf(text: string | null): unknown {
  return text === null ? null : storedJson(text);
}
