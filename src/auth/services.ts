import type { AccessStore } from "../store/access";
import { Accounts } from "./accounts";
import { ApiTokens } from "./api-tokens";
import { openAccess, type Access } from "./caller";
import type { Audit } from "./audit";
import { csrfToken, Authenticator } from "./authenticator";
import { Links } from "./links";
import { LockOut } from "./lock-out";
import { RefusedSignIns } from "./refused-sign-ins";
import { Sessions } from "./sessions";
import { SignIn } from "./sign-in";
import type { Sealer } from "./sealing";
import type { SigningKey } from "./signing-key";

export interface AuthServicesDeps {
  readonly store: AccessStore;
  readonly audit: Audit;
  readonly sealer: Sealer;
  /** False: everybody who reaches the daemon is its owner. */
  readonly required: boolean;
  readonly signing: () => SigningKey;
  readonly idleMs: () => number;
  readonly secondFactorNeeded: () => boolean;
  readonly now: () => number;
  /** Notified after an account may do less: its open sockets may have to be closed. */
  readonly ended: () => void;
}

/** All there is about who may do what. */
export interface AuthServices {
  readonly required: boolean;
  readonly access: Access;
  readonly accounts: Accounts;
  readonly tokens: ApiTokens;
  readonly links: Links;
  readonly sessions: Sessions;
  readonly signIn: SignIn;
  readonly lockOut: LockOut;
  readonly refusals: RefusedSignIns;
  readonly audit: Audit;
  readonly signing: () => SigningKey;
  /** What a change by a session's cookie must carry. */
  readonly csrfOf: (sessionId: string) => string;
  readonly secondFactorNeeded: () => boolean;
  readonly now: () => number;
  /**
   * Keeps what was only remembered: when each session and token was last used, and refusals that were counted. `last`:
   * nothing comes after.
   */
  flush(options?: { readonly last?: boolean }): void;
}

export function openAuthServices(deps: AuthServicesDeps): AuthServices {
  const { store, audit, sealer, required, signing, idleMs, secondFactorNeeded, now } = deps;
  let authenticator: Authenticator | null = null;
  const changed = () => {
    if (authenticator === null) return;
    authenticator.forget();
    deps.ended();
  };
  const sessions = new Sessions({ store, signing, idleMs, now, changed });
  const tokens = new ApiTokens({ store, now, audit, changed });
  const lockOut = new LockOut(now);
  const refusals = new RefusedSignIns(audit, now);
  if (required)
    authenticator = new Authenticator({ store, sessions, tokens, signing: signing(), now, secondFactorNeeded });
  return {
    required,
    access: authenticator ?? openAccess,
    accounts: new Accounts({ store, now, audit, sealer, changed }),
    tokens,
    links: new Links({ store, now }),
    sessions,
    signIn: new SignIn({ store, sessions, lockOut, audit, refusals, sealer, signing, now }),
    lockOut,
    refusals,
    audit,
    signing,
    csrfOf: (sessionId) => csrfToken(signing(), sessionId),
    secondFactorNeeded,
    now,
    flush({ last = false } = {}) {
      refusals.flush({ all: last });
      sessions.flush();
      tokens.flush();
    },
  };
}
