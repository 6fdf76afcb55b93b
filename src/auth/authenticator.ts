import { createHmac } from "node:crypto";
import type { AccessStore, ApiTokenRow, SessionRow } from "../store/access";
import { readAccessToken } from "./access-token";
import { tokenPrefix, type ApiTokens } from "./api-tokens";
import { anonymous, type Access, type Caller, type Principal } from "./caller";
import { accessCookie } from "./cookies";
import { permissionsOf, type Permission } from "../core/roles";
import type { LastUse, Sessions } from "./sessions";
import type { SigningKey } from "./signing-key";

export interface AuthenticatorDeps {
  readonly store: AccessStore;
  readonly sessions: Sessions;
  readonly tokens: ApiTokens;
  readonly signing: SigningKey;
  readonly now: () => number;
  /** Everybody needs a second factor: until it is set, nothing else is allowed. */
  readonly secondFactorNeeded: () => boolean;
}

interface Known {
  readonly caller: Caller;
  /** Asked anew from then on, epoch ms. */
  readonly until: number;
  /** Null where asking is no use of it. */
  readonly use: LastUse | null;
}

/** What shows who asks. A cookie is another by TLS: what is known of one is not said of the other. */
type Way = "bearer" | "cookie" | "secureCookie";

/** How long a verification holds unless a change is announced. */
const knownForMs = 1000;
const knownMax = 500;
const noneAllowed: ReadonlySet<Permission> = new Set();
const refused: Caller = { ...anonymous, refused: true };

/** Identifies the caller by what the request carries: a token, or the cookie of a session. */
export class Authenticator implements Access {
  /** By the whole header: nothing is cut out of it for one who was here a moment ago. */
  readonly #known = {
    bearer: new Map<string, Known>(),
    cookie: new Map<string, Known>(),
    secureCookie: new Map<string, Known>(),
  };
  /** Asked every second for every socket, and many sockets are of one. */
  readonly #holding = new Map<string, { readonly of: Principal; readonly holds: boolean; readonly until: number }>();

  constructor(private readonly deps: AuthenticatorDeps) {}

  identify(request: Request, secure: boolean): Caller | Promise<Caller> {
    const authorization = request.headers.get("authorization");
    if (authorization !== null)
      return (
        this.#remembered("bearer", authorization) ??
        this.#verify(/^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? "-", "bearer", authorization)
      );
    const offered = protocolToken(request);
    if (offered !== null) return this.#remembered("bearer", offered) ?? this.#verify(offered, "bearer", offered);
    const cookies = request.headers.get("cookie");
    if (cookies === null) return anonymous;
    const way = secure ? "secureCookie" : "cookie";
    const remembered = this.#remembered(way, cookies);
    if (remembered !== null) return remembered;
    const shown = new Bun.CookieMap(cookies).get(accessCookie({ kid: this.deps.signing.kid, secure }));
    return shown === null || shown === "" ? anonymous : this.#verify(shown, way, cookies);
  }

  /** Something was taken from somebody: nothing that was known is believed any longer. */
  forget(): void {
    for (const known of Object.values(this.#known)) known.clear();
    this.#holding.clear();
  }

  holds(principal: Principal): boolean {
    const key = `${principal.key} ${principal.sessionId ?? ""}`;
    const kept = this.#holding.get(key);
    if (kept !== undefined && kept.of === principal && this.deps.now() < kept.until) return kept.holds;
    const now = this.#current(principal);
    const holds =
      now !== null &&
      now.role === principal.role &&
      now.permissions.symmetricDifference(principal.permissions).size === 0;
    if (this.#holding.size >= knownMax) this.#holding.clear();
    this.#holding.set(key, { of: principal, holds, until: this.deps.now() + knownForMs / 2 });
    return holds;
  }

  #current({ key, sessionId }: Principal): Principal | null {
    if (sessionId !== null) {
      const session = this.deps.sessions.alive(sessionId);
      return session === null ? null : this.#ofSession(session);
    }
    const row = this.deps.tokens.aliveById(Number(key.slice("token:".length)));
    return row === null ? null : this.#ofToken(row);
  }

  #remembered(way: Way, header: string): Caller | null {
    const known = this.#known[way].get(header);
    const now = this.deps.now();
    if (known === undefined || now >= known.until) return null;
    if (known.use !== null) known.use.at = now;
    return known.caller;
  }

  #verify(token: string, way: Way, header: string): Caller | Promise<Caller> {
    return token.startsWith(tokenPrefix) ? this.#byToken(token, way, header) : this.#bySession(token, way, header);
  }

  async #bySession(token: string, way: Way, header: string): Promise<Caller> {
    const claims = await readAccessToken(this.deps.signing, token, this.deps.now());
    const session = claims === null ? null : this.deps.sessions.alive(claims.sessionId);
    const principal = session === null ? null : this.#ofSession(session);
    if (claims === null || session === null || principal === null) return refused;
    const by = way === "bearer" ? "bearer" : "cookie";
    const csrf = by === "cookie" ? csrfToken(this.deps.signing, session.id) : null;
    // An open page asks by itself, day and night: it says of a person only as it renews the session.
    const use = by === "cookie" ? null : this.deps.sessions.useOf(session.id);
    return this.#keep(way, header, { principal, by, refused: false, csrf }, claims.expiresAt, use);
  }

  #byToken(token: string, way: Way, header: string): Caller {
    const row = way === "bearer" ? this.deps.tokens.alive(token) : null;
    const principal = row === null ? null : this.#ofToken(row);
    if (row === null || principal === null) return refused;
    return this.#keep(
      way,
      header,
      { principal, by: "bearer", refused: false, csrf: null },
      row.expiresAt ?? Number.POSITIVE_INFINITY,
      this.deps.tokens.useOf(row.id),
    );
  }

  #keep(way: Way, header: string, caller: Caller, endsAt: number, use: LastUse | null): Caller {
    const known = this.#known[way];
    if (known.size >= knownMax) known.clear();
    const now = this.deps.now();
    known.set(header, { caller, until: Math.min(endsAt, now + knownForMs), use });
    if (use !== null) use.at = now;
    return caller;
  }

  #ofSession({ id, accountId }: SessionRow): Principal | null {
    if (accountId === null)
      return {
        kind: "owner",
        key: "owner",
        name: "owner",
        role: "admin",
        permissions: permissionsOf.admin,
        accountId,
        sessionId: id,
      };
    const account = this.deps.store.account(accountId);
    if (!account) return null;
    const incomplete = this.deps.secondFactorNeeded() && account.totpSecret === null && account.passwordHash !== null;
    return {
      kind: "account",
      key: `account:${account.id}`,
      name: account.name,
      role: account.role,
      permissions: incomplete ? noneAllowed : permissionsOf[account.role],
      accountId,
      sessionId: id,
    };
  }

  /** A token may do no more than whose it is: lowering a role lowers its tokens. */
  #ofToken({ id, name, role, accountId }: ApiTokenRow): Principal | null {
    const whose = accountId === null ? null : this.deps.store.account(accountId);
    if (whose === undefined) return null;
    const permissions =
      whose === null ? permissionsOf[role] : permissionsOf[role].intersection(permissionsOf[whose.role]);
    return { kind: "token", key: `token:${id}`, name: `token ${name}`, role, permissions, accountId, sessionId: null };
  }
}

/** Of one session, known to its own page alone: another site cannot read it. */
export function csrfToken({ key }: SigningKey, sessionId: string): string {
  return createHmac("sha256", key).update(`csrf ${sessionId}`).digest("base64url");
}

/** For sockets of browsers elsewhere, which can send no header of their own: the subprotocol `bearer.<token>`. */
function protocolToken(request: Request): string | null {
  const offered = request.headers
    .get("sec-websocket-protocol")
    ?.split(",")
    .map((name) => name.trim());
  return offered?.find((name) => name.startsWith("bearer."))?.slice("bearer.".length) ?? null;
}
