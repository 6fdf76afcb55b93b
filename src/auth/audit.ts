import type { AuditEntry } from "../store/audit";

/** Keeps who did what to whom. */
export type Audit = (entry: AuditEntry) => void;
