import type { Config } from "../config";
import { hideSecret } from "../config/redaction";
import { openAccessDesk, type AccessDesk } from "../auth/desk";
import { signingKey, SigningKeyError, type SigningKey } from "../auth/signing-key";
import type { Audit } from "../auth/audit";
import { AccessStore } from "../store/access";
import type { Opened } from "../store/open";
import { StartError } from "./start-error";

export interface DaemonAccess {
  /** What holds now. */
  readonly config: () => Config;
  readonly opened: Opened;
  readonly now: () => number;
  readonly audit: Audit;
  readonly ended: () => void;
}

/** Accounts and tokens over the daemon's database. Throws StartError where the secret for tokens cannot be used. */
export function accessFor({ config, opened, now, audit, ended }: DaemonAccess): AccessDesk {
  let key: SigningKey | undefined;
  const signing = () => (key ??= hidden(signingKey(config().data, config().jwtSecret)));
  try {
    return openAccessDesk({
      store: new AccessStore(opened),
      audit,
      required: config().auth === "required",
      signing,
      idleMs: () => config().sessionTimeoutMs,
      secondFactorNeeded: () => config().secondFactorNeeded,
      now,
      ended,
    });
  } catch (error) {
    if (error instanceof SigningKeyError) throw new StartError(error.message);
    throw error;
  }
}

function hidden(signing: SigningKey): SigningKey {
  hideSecret(new TextDecoder().decode(signing.key));
  return signing;
}
