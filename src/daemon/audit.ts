import type { Audit } from "../auth/audit";
import { appendAudit, auditHead, isKept, type AuditHead } from "../store/audit";
import type { Opened } from "../store/open";
import type { Log } from "../telemetry/log";

/** Keeps who did what, and says it in the log once it is committed: what is kept elsewhere cannot be taken back here. */
export function keepAudit(opened: Opened, log: Log): Audit {
  return (entry) => {
    const head = appendAudit(opened, entry);
    const { who, from, what, subject } = entry;
    const why = whyIn(entry.after);
    const say = () => log.info({ who, from, subject, ...(why !== null && { why }), audit: nameOfHead(head) }, what);
    if (!opened.raw.inTransaction) say();
    // A commit is over before anything else has its turn: by then it is kept, or it never was.
    else queueMicrotask(() => isKept(opened, head) && say());
  };
}

/** What was refused is kept with its reason; nothing else of what is kept is said in the log. */
function whyIn(after: unknown): string | null {
  return typeof after === "object" && after !== null && "why" in after && typeof after.why === "string" ? after.why : null;
}

const sayEveryMs = 24 * 60 * 60_000;

/** Says the newest of it in the log, at once and every day: `virtuoso audit verify --head` compares. */
export function sayAuditHead(opened: Opened, log: Log): Disposable {
  const say = () => log.info({ audit: nameOfHead(auditHead(opened)) }, "the audit log ends here");
  say();
  const timer = setInterval(say, sayEveryMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

/** `12:ab34...`: how many there are, and the hash over all of them. */
export function nameOfHead({ id, hash }: AuditHead): string {
  return `${id}:${hash}`;
}

/** The hash as a gauge can hold it: its first 48 bits. */
export function headAsNumber({ hash }: AuditHead): number {
  return Number.parseInt(hash.slice(0, 12), 16);
}
