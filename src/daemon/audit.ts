import type { Audit } from "../auth/audit";
import { appendAudit, auditHead, isKept, nameOfHead } from "../store/audit";
import type { Database } from "../store/db";
import { logRoutine, type Log } from "../telemetry/log";

/** Keeps who did what, and says it in the log once it is committed: what is kept elsewhere cannot be taken back here. */
export function keepAudit(database: Database, log: Log): Audit {
  return (entry) => {
    const head = appendAudit(database, entry);
    const { who, from, what, subject } = entry;
    const why = whyIn(entry.after);
    const write = () => log.info({ who, from, subject, ...(why !== null && { why }), audit: nameOfHead(head) }, what);
    if (!database.raw.inTransaction) write();
    // A commit is over before anything else has its turn: by then it is kept, or it never was.
    else queueMicrotask(() => isKept(database, head) && write());
  };
}

/** What was refused is kept with its reason; nothing else of what is kept is said in the log. */
function whyIn(after: unknown): string | null {
  return typeof after === "object" && after !== null && "why" in after && typeof after.why === "string"
    ? after.why
    : null;
}

const logEveryMs = 24 * 60 * 60_000;

/** Says the newest of it in the log, at once and every day: `virtuoso audit verify --head` compares. */
export function logAuditHead(database: Database, log: Log): Disposable {
  const write = () => logRoutine(log, { audit: nameOfHead(auditHead(database)) }, "the audit log ends here");
  write();
  const timer = setInterval(write, logEveryMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
