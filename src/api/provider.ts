import type { Context } from "hono";
import type { IdentityProvider } from "../auth/identity-provider";
import type { AppEnv } from "./access-rule";
import type { CookieDeps } from "./session-cookies";

export interface ProviderDeps extends CookieDeps {
  /** The address people use; null where none is configured. */
  readonly publicUrl: () => string | null;
  readonly identityProvider: IdentityProvider | null;
}

/** The address the browser knows us by: the public one, else the one it used, whose host was checked at the border. */
export function rootOf(
  { env: { secure, host } }: Context<AppEnv>,
  { publicUrl, basePath }: Pick<ProviderDeps, "publicUrl" | "basePath">,
): string {
  return publicUrl() ?? `${secure ? "https" : "http"}://${host ?? ""}${basePath()}`;
}

/**
 * Where the account that signs out here signs out at the identity provider, which else signs in whoever presses its button
 * next. Null where there is no such place.
 */
export async function providerSignOut(
  context: Context<AppEnv>,
  deps: ProviderDeps,
  accountId: number | null,
): Promise<string | null> {
  const { identityProvider: provider, auth } = deps;
  const account = accountId === null ? undefined : auth.accounts.all().find(({ id }) => id === accountId);
  if (provider === null || !account || !provider.vouchesFor(account.oidcSubject)) return null;
  return (await provider.signOutUrl(`${rootOf(context, deps)}/signin`))?.href ?? null;
}
