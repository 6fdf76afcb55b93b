import type { Config } from "../config";
import { hideSecret } from "../config/redaction";
import { openAuthServices, type AuthServices } from "../auth/services";
import { sealOldSecrets, unreadableFactors } from "../auth/sealed-factors";
import { SealError, type Sealer } from "../auth/sealing";
import { signingKey, SigningKeyError, type SigningKey } from "../auth/signing-key";
import type { Audit } from "../auth/audit";
import { AccessStore } from "../store/access";
import type { Database } from "../store/db";
import type { Log } from "../telemetry/log";
import { StartError } from "./start-error";

export interface DaemonAccess {
  /** What holds now. */
  readonly config: () => Config;
  readonly database: Database;
  readonly now: () => number;
  readonly audit: Audit;
  readonly sealer: Sealer;
  readonly log: Log;
  readonly ended: () => void;
}

/** Accounts and tokens over the daemon's database. Throws StartError where the secret for tokens cannot be used. */
export function accessFor({ config, database, now, audit, sealer, log, ended }: DaemonAccess): AuthServices {
  let key: SigningKey | undefined;
  const signing = () => (key ??= hidden(signingKey(config().data, config().jwtSecret)));
  const store = new AccessStore(database);
  try {
    const sealed = sealOldSecrets(store, sealer);
    if (sealed > 0)
      log.info(
        { accounts: sealed, key: sealer.path },
        "second factors are sealed from now on: keep the key beside the database, and not with its backups",
      );
    for (const { name, why } of unreadableFactors(store, sealer))
      log.error(
        { account: name },
        `a second factor cannot be checked: ${why}; recovery codes and virtuoso signin-link still work`,
      );
    return openAuthServices({
      store,
      audit,
      sealer,
      required: config().auth === "required",
      signing,
      idleMs: () => config().sessionTimeoutMs,
      secondFactorNeeded: () => config().secondFactorNeeded,
      now,
      ended,
    });
  } catch (error) {
    if (error instanceof SigningKeyError || error instanceof SealError) throw new StartError(error.message);
    throw error;
  }
}

function hidden(signing: SigningKey): SigningKey {
  hideSecret(new TextDecoder().decode(signing.key));
  return signing;
}
