import type { AccountRow } from "../auth/accounts";
import { knownDevice } from "../auth/known-device";
import { passwordMatches } from "../auth/passwords";
import { Refused } from "../auth/refused";
import type { AuthServices } from "../auth/services";
import { Problem } from "./problems";
import { principalOf, type Call } from "./route";
import { shownDevice, type CookieDeps } from "./session-cookies";

export type OwnAccountDeps = CookieDeps;

/** The caller's account. Throws Problem where it is none: a token, or the owner. */
export function accountOf(call: Pick<Call, "context">, { accounts }: Pick<AuthServices, "accounts">): AccountRow {
  const { accountId, kind } = principalOf(call);
  const account = kind === "account" ? accounts.all().find(({ id }) => id === accountId) : undefined;
  if (!account) throw new Problem("conflict", "Only an account has this; the caller is none.");
  return account;
}

/** An unlocked page is not enough to take an account over. Wrong passwords count as failed sign-ins do. Throws Refused. */
export async function assertKnowsPassword(
  { context }: Pick<Call, "context">,
  deps: OwnAccountDeps,
  account: AccountRow,
  given: { readonly password: string | undefined; readonly field: string },
): Promise<void> {
  if (account.passwordHash === null) return;
  const { lockOut, signing } = deps.auth;
  const matches = await passwordMatches(given.password ?? "", account.passwordHash);
  const attempt = {
    account: account.name,
    address: context.env.address,
    device: knownDevice(signing(), account.id, shownDevice(context, deps)),
  };
  const locked = lockOut.isLocked(attempt);
  if (matches && !locked) return;
  if (!locked) lockOut.failed(attempt);
  throw new Refused(
    "wrong-password",
    "It is not the account's password, or there were too many tries: wait a while.",
    given.field,
  );
}
