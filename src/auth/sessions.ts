import { timingSafeEqual } from "node:crypto";
import type { AccessStore, SessionRow } from "../store/access";
import { accessTokenSeconds, signAccessToken } from "./access-token";
import { hashOf, newSecretText } from "./secret-text";
import type { SigningKey } from "./signing-key";

export type { SessionRow };

/** Where a request came from, as far as it says. */
export interface From {
  readonly address: string;
  /** What the client says it is. */
  readonly agent: string;
}

/** What shows a session from now on: the access token for a quarter of an hour, then the refresh token, once. */
export interface Issued {
  readonly sessionId: string;
  readonly accountId: number | null;
  readonly accessToken: string;
  readonly accessSeconds: number;
  readonly refreshToken: string;
  /** How long the session lives unused, seconds. */
  readonly idleSeconds: number;
}

export interface SessionsDeps {
  readonly store: AccessStore;
  readonly signing: () => SigningKey;
  /** How long a session lives unused. */
  readonly idleMs: () => number;
  readonly now: () => number;
  /** Notified when one ended before its time. */
  readonly changed: () => void;
}

/** When something was last used, and up to when that is kept; epoch ms. */
export interface LastUse {
  at: number;
  kept: number;
}

/** However much it is used, after so long one signs in again. */
const longestMs = 30 * 86_400_000;
const agentLengthMax = 200;

/** Who is signed in. A session's refresh tokens are one family: one that is shown twice was stolen, and ends it. */
export class Sessions {
  /** Uses since they were last kept, by session: a request must not wait for a commit. */
  readonly #uses = new Map<string, LastUse>();

  constructor(private readonly deps: SessionsDeps) {}

  /** `also` is stored in the same commit, or nothing is: no sign-in is answered that is not in the audit log. What it throws goes on up. */
  async begin(accountId: number | null, from: From, also: () => void): Promise<Issued> {
    const { store, now } = this.deps;
    const at = now();
    const id = newSecretText();
    const refresh = newSecretText();
    store.transact(() => {
      also();
      store.addSession({
        id,
        accountId,
        refreshHash: hashOf(refresh),
        createdAt: at,
        lastSeenAt: at,
        endsAt: at + longestMs,
        address: from.address,
        agent: from.agent.slice(0, agentLengthMax),
      });
    });
    return await this.#issue(id, accountId, refresh);
  }

  /**
   * A new pair for the one refresh token that is good; null for any other, and where it once was good, that ends the
   * session. `unusedMs`: how long ago a person last did something.
   */
  async refresh(token: string, from: From, unusedMs = 0): Promise<Issued | { readonly stolenFrom: SessionRow } | null> {
    const [id = "", secret = ""] = token.split(".");
    const session = this.alive(id);
    if (session === null) return null;
    if (!sameHash(hashOf(secret), session.refreshHash)) {
      this.end(id);
      return { stolenFrom: session };
    }
    const next = newSecretText();
    this.deps.store.changeSession(id, {
      refreshHash: hashOf(next),
      lastSeenAt: Math.max(this.lastSeen(session), this.deps.now() - unusedMs),
      address: from.address,
    });
    return await this.#issue(id, session.accountId, next);
  }

  /** The session, while it is neither ended nor idle for too long. */
  alive(id: string): SessionRow | null {
    const session = this.deps.store.session(id);
    if (session === undefined) return null;
    const now = this.deps.now();
    return now < session.endsAt && now < this.lastSeen(session) + this.deps.idleMs() ? session : null;
  }

  lastSeen({ id, lastSeenAt }: SessionRow): number {
    return Math.max(lastSeenAt, this.#uses.get(id)?.at ?? 0);
  }

  /** How long a session lives without a person, ms. */
  get idleMs(): number {
    return this.deps.idleMs();
  }

  /** Where to note that a session is used. */
  useOf(id: string): LastUse {
    const use = this.#uses.get(id) ?? { at: 0, kept: 0 };
    this.#uses.set(id, use);
    return use;
  }

  of(accountId: number | null): SessionRow[] {
    return this.deps.store.sessionsOf(accountId).filter(({ id }) => this.alive(id) !== null);
  }

  end(id: string): void {
    this.deps.store.endSession(id);
    this.#uses.delete(id);
    this.deps.changed();
  }

  /** Signs an account out everywhere, but for one session. */
  endAll(accountId: number | null, except: string | null): void {
    this.deps.store.endSessionsOf(accountId, except);
    this.deps.changed();
  }

  /** Keeps when each was last used, and lets go of what is over. */
  flush(): void {
    const { store, now, idleMs } = this.deps;
    const seen = [...this.#uses].filter(([, { at, kept }]) => at > kept);
    store.transact(() => {
      for (const [id, { at }] of seen) store.changeSession(id, { lastSeenAt: at });
      store.dropEnded(now(), now() - idleMs());
    });
    for (const [id, use] of this.#uses) {
      // What has not been used since it was kept is not held any longer than what is known of it.
      if (use.at === use.kept) this.#uses.delete(id);
      else use.kept = use.at;
    }
  }

  async #issue(sessionId: string, accountId: number | null, refresh: string): Promise<Issued> {
    const accessToken = await signAccessToken(
      this.deps.signing(),
      accountId === null ? "owner" : `account:${accountId}`,
      sessionId,
      this.deps.now(),
    );
    return {
      sessionId,
      accountId,
      accessToken,
      accessSeconds: accessTokenSeconds,
      refreshToken: `${sessionId}.${refresh}`,
      idleSeconds: Math.floor(this.deps.idleMs() / 1000),
    };
  }
}

function sameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, "hex"), Buffer.from(b, "hex"));
}
