import { permissionsOf, type Permission, type Role } from "../core/roles";

/** Someone known: a person's account, a machine's token, or the owner of the machine the daemon runs on. */
export interface Principal {
  readonly kind: "account" | "token" | "owner";
  /** Names it among all, for limits and revocation: `account:3`, `token:7`, `owner`. */
  readonly key: string;
  /** For people and the audit log. */
  readonly name: string;
  readonly role: Role;
  readonly permissions: ReadonlySet<Permission>;
  /** Null for the owner, and for a token made at the command line. */
  readonly accountId: number | null;
  /** The session it is signed in by; null for tokens, and where there is no sign-in. */
  readonly sessionId: string | null;
}

/** Who sent a request, as far as it showed. */
export interface Caller {
  /** Null: unknown. */
  readonly principal: Principal | null;
  /** What showed it; `off` where everybody is the owner, `socket` at the command line of the daemon's machine. */
  readonly by: "cookie" | "bearer" | "off" | "socket" | null;
  /** It showed something that is no good, or no longer. */
  readonly refused: boolean;
  /** What a change must carry in `X-CSRF-Token`; null where a browser does not send along what shows who it is. */
  readonly csrf: string | null;
}

/** Identifies who sends a request. */
export interface Access {
  /** At once where it was verified a moment ago. `secure`: it came by TLS. */
  identify(request: Request, secure: boolean): Caller | Promise<Caller>;
  /** Does it still have the permissions it was identified with? */
  holds(principal: Principal): boolean;
}

/** Without sign-in everyone who reaches the daemon is its owner: only on loopback. */
const owner: Principal = {
  kind: "owner",
  key: "owner",
  name: "owner",
  role: "admin",
  permissions: permissionsOf.admin,
  accountId: null,
  sessionId: null,
};

const everybody: Caller = { principal: owner, by: "off", refused: false, csrf: null };

/** Who may open the control socket is the owner, under the name of their account on the machine. */
export function atCommandLine(name: string): Caller {
  return { principal: { ...owner, name }, by: "socket", refused: false, csrf: null };
}

export const openAccess: Access = { identify: () => everybody, holds: () => true };

export const anonymous: Caller = { principal: null, by: null, refused: false, csrf: null };
