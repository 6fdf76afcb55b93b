import { formatCount } from "../../core/text";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { unreadableFactors } from "../../auth/sealed-factors";
import { whyNotSigningKey } from "../../auth/signing-key";
import { Sealer } from "../../auth/sealing";
import { AccessStore } from "../../store/access";
import { databasePath, openForReading, StoreError } from "../../store/db";
import { failed, ok, warning, type DoctorCheck, type Finding } from "./finding";

const readableByOthers = 0o044;

/** Who may get in, and who could read what that is decided by? */
export const checkAccess: DoctorCheck = ({ data, obstacles, running, served }) => {
  const findings: Finding[] = [];
  const secret = join(data, "jwt.secret");
  if (isOfAnother(secret)) {
    if (isReadable(secret))
      findings.push(
        failed("access", `${secret} can be read by others, and the daemon will not start: chmod 600 ${secret}`),
      );
  } else {
    const why =
      running === null ? obstacles.find(({ kind }) => kind === "signing-key")?.message : whyNotSigningKey(data, null);
    if (why) findings.push(failed("access", why));
  }
  const seal = new Sealer(data).path;
  if (isReadable(seal)) findings.push(failed("access", `${seal} can be read by others: chmod 600 ${seal}`));
  if (isReadable(databasePath(data)))
    findings.push(
      warning(
        "access",
        `${databasePath(data)} can be read by every account of this machine: chmod 600 ${databasePath(data)}`,
      ),
    );
  for (const { kind, message } of obstacles) if (kind === "secret") findings.push(failed("access", message));
  if (served === null) return findings;
  if (served.auth === "off")
    return [
      ...findings,
      warning("access", "sign-in is off (VIRTUOSO_AUTH=off): whoever reaches it on this machine may do everything"),
    ];
  return [...findings, ...accountsOf(data)];
};

function accountsOf(data: string): Finding[] {
  try {
    using database = openForReading(data);
    const store = new AccessStore(database);
    const accounts = store.accounts();
    const unreadable = unreadableFactors(store, new Sealer(data)).map(({ name, why }) =>
      failed(
        "access",
        `the second factor of ${name} cannot be checked: ${why}; recovery codes and virtuoso signin-link still work`,
      ),
    );
    if (accounts.length === 0)
      return [ok("access", "no account yet: virtuoso signin-link prints a link that makes the first")];
    const admins = accounts.filter(({ role }) => role === "admin").length;
    return [
      ...unreadable,
      admins === 0
        ? warning(
            "access",
            `${formatCount(accounts.length, "account")} and no admin: virtuoso user add NAME --role admin`,
          )
        : ok("access", `${formatCount(accounts.length, "account")}, ${formatCount(admins, "admin")}`),
    ];
  } catch (error) {
    // What is wrong with the database is the finding of its own check.
    if (error instanceof StoreError) return [];
    throw error;
  }
}

/** Of the account the daemon runs as, where this one may not read it. */
function isOfAnother(path: string): boolean {
  return existsSync(path) && statSync(path).uid !== process.getuid?.();
}

function isReadable(path: string): boolean {
  return existsSync(path) && (statSync(path).mode & readableByOthers) !== 0;
}
