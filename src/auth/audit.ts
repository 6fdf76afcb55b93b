/** One line of the audit log: who did what to whom. Values before and after never hold a secret. */
export interface AuditEntry {
  /** Epoch ms. */
  readonly at: number;
  /** The account, the token (`token NAME`), `owner`, or the user at the command line. */
  readonly who: string;
  /** The address it came from, or `command line`. */
  readonly from: string;
  /** `sign-in`, `sign-in.refused`, `account.added`, `token.revoked`, `settings.changed`, ... */
  readonly what: string;
  /** The account, the token, the session it was done to; null where it is about none. */
  readonly subject: string | null;
  readonly before: unknown;
  readonly after: unknown;
}

export type Audit = (entry: AuditEntry) => void;
