import type { AccessStore, AccountRow } from "../store/access";
import { isSealed, SealError, type Sealer } from "./sealing";

/** The account's second factor, to compute with. Throws SealError where its key is not there. */
export function totpSecretOf({ id, totpSecret }: AccountRow, sealer: Sealer): string | null {
  return totpSecret === null || !isSealed(totpSecret) ? totpSecret : sealer.unseal(totpSecret, purposeOf(id));
}

export function sealTotpSecret(accountId: number, secret: string, sealer: Sealer): string {
  return sealer.seal(secret, purposeOf(accountId));
}

/** Seals what an earlier version kept in plain text, so that no trace of it is left in the file; answers how many. Throws SealError. */
export function sealOldSecrets(store: AccessStore, sealer: Sealer): number {
  const old = store.accounts().filter(({ totpSecret }) => totpSecret !== null && !isSealed(totpSecret));
  if (old.length === 0) return 0;
  store.rewriteAccounts((row) =>
    row.totpSecret === null || isSealed(row.totpSecret)
      ? row
      : { ...row, totpSecret: sealTotpSecret(row.id, row.totpSecret, sealer) },
  );
  return old.length;
}

/** Accounts whose second factor cannot be checked, and why. */
export function unreadableFactors(
  store: AccessStore,
  sealer: Sealer,
): { readonly name: string; readonly why: string }[] {
  return store.accounts().flatMap((account) => {
    try {
      totpSecretOf(account, sealer);
      return [];
    } catch (error) {
      if (error instanceof SealError) return [{ name: account.name, why: error.message }];
      throw error;
    }
  });
}

function purposeOf(accountId: number): string {
  return `totp of account ${accountId}`;
}
