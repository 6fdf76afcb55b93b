import type { Configuration, IDToken, UserInfoResponse } from "openid-client";
import { z } from "zod";
import { ProviderRefusal, refusalOf } from "./provider-fault";
import { timeoutMs, providerRequests } from "./provider-requests";
import { roles, type Role } from "../core/roles";

/** An OpenID Connect provider that vouches for people. */
export interface IdentityProviderConfig {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client: PKCE alone. */
  readonly clientSecret: string | null;
  readonly scopes: string;
  /** The claim that holds what `roles` names. */
  readonly claim: string;
  /** A value of the claim, and the role it gives. The highest counts. */
  readonly roles: Readonly<Record<string, Role>>;
  /** What the button says. */
  readonly label: string;
  /** Where the provider sends people back to; null: as they came. */
  readonly redirectUri: string | null;
  /** How far the provider's clock may be off. */
  readonly clockToleranceMs: number;
  /** Whoever signs out here signs out there too, where the provider offers it. */
  readonly signsOut: boolean;
}

/** Someone the provider vouches for. */
export interface Vouched {
  /** Issuer and subject: names may change, this does not. */
  readonly subject: string;
  readonly name: string;
  readonly role: Role;
  readonly next: string;
}

interface Begun {
  readonly verifier: string;
  readonly nonce: string;
  readonly redirectUri: string;
  readonly next: string;
  readonly until: number;
}

export const signInWithinSeconds = 10 * 60;
const begunMax = 1000;
/** Whoever leaves is not kept waiting for the provider. */
const signOutTimeoutMs = 2000;
const discoveredForMs = 60 * 60_000;

/** Loaded when somebody signs in this way. */
const library = () => import("openid-client");

/** OpenID Connect Core 1.0, 2: within 255 characters, and never empty. */
const subjectSchema = z.string().min(1).max(255);

/** Authorization code with PKCE, state and nonce. What was begun is good once, and only for the browser that began it. */
export class IdentityProvider {
  readonly #begun = new Map<string, Begun>();
  #discovered: { readonly configuration: Promise<Configuration>; readonly at: number } | null = null;

  constructor(
    readonly config: IdentityProviderConfig,
    private readonly now: () => number,
    private readonly withinMs = timeoutMs,
  ) {}

  /** Where to send the browser, and the state it must bring back. */
  async begin(
    redirectUri: string,
    next: string,
  ): Promise<{ readonly url: URL; readonly state: string } | ProviderRefusal> {
    const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } =
      await library();
    const [state, verifier, nonce] = [randomState(), randomPKCECodeVerifier(), randomNonce()];
    const back = this.config.redirectUri ?? redirectUri;
    const challenge = await calculatePKCECodeChallenge(verifier);
    const url = await this.#attempt([], async () =>
      buildAuthorizationUrl(await this.#discover(), {
        redirect_uri: back,
        scope: this.config.scopes,
        code_challenge: challenge,
        code_challenge_method: "S256",
        state,
        nonce,
      }),
    );
    // No one was to be vouched for yet: whatever it said, it was not what a provider says of itself.
    if (url instanceof ProviderRefusal) return new ProviderRefusal("provider-unreachable", url.why, next);
    const oldest = this.#begun.size >= begunMax ? this.#begun.keys().next().value : undefined;
    if (oldest !== undefined) this.#begun.delete(oldest);
    this.#begun.set(state, {
      verifier,
      nonce,
      redirectUri: back,
      next,
      until: this.now() + signInWithinSeconds * 1000,
    });
    return { url, state };
  }

  /** Of the states a browser kept, oldest first, those that are still good: it may keep a few at once, one for each tab. */
  underWay(kept: readonly string[]): string[] {
    return [...this.#begun]
      .filter(([state, { until }]) => kept.includes(state) && this.now() < until)
      .map(([state]) => state);
  }

  /** `state`: what the browser kept; `query`: what it brought from the provider. */
  async finish(state: string, query: string): Promise<Vouched | ProviderRefusal> {
    const begun = this.#begun.get(state);
    this.#begun.delete(state);
    if (state === "")
      return new ProviderRefusal("provider-refused", "this browser shows no cookie of a sign-in that was begun here");
    if (!begun || this.now() >= begun.until)
      return new ProviderRefusal(
        "provider-refused",
        "the sign-in was begun more than 10 minutes ago, or before a restart, or is over",
        begun?.next,
      );
    const back = new URL(begun.redirectUri);
    back.search = query;
    const secrets = [this.config.clientSecret, back.searchParams.get("code"), begun.verifier, begun.nonce, state];
    const claims = await this.#attempt(secrets, async () => await this.#claims(back, state, begun));
    if (claims instanceof ProviderRefusal) return new ProviderRefusal(claims.trouble, claims.why, begun.next);
    const held = valuesOf(claims[this.config.claim]);
    const name =
      [claims["preferred_username"], claims["email"], claims.sub].find(
        (each) => typeof each === "string" && each !== "",
      ) ?? claims.sub;
    const role = this.#roleOf(held);
    if (role === null)
      return new ProviderRefusal(
        "no-role",
        `auth.oidc.roles gives ${name} no role: the claim ${this.config.claim} ` +
          (held.length === 0 ? "is missing or empty" : `holds ${held.join(", ")}`),
        begun.next,
      );
    return { subject: `${this.config.issuer} ${claims.sub}`, name, role, next: begun.next };
  }

  /**
   * Where whoever signed in by the provider signs out there, and comes back from; null where it offers that not, or
   * does not answer at once.
   * The id token that could name the session there is not kept for it: the provider asks once more instead.
   */
  async signOutUrl(back: string): Promise<URL | null> {
    if (!this.config.signsOut) return null;
    const { buildEndSessionUrl } = await library();
    const attempt = this.#attempt([], async () => {
      const configuration = await this.#discover();
      return configuration.serverMetadata().end_session_endpoint === undefined
        ? null
        : buildEndSessionUrl(configuration, { post_logout_redirect_uri: back });
    });
    const url = await Promise.race([attempt, Bun.sleep(Math.min(signOutTimeoutMs, this.withinMs))]);
    return url instanceof URL ? url : null;
  }

  /** Is it this provider that vouches for the account? `subject`: as of Vouched. */
  vouchesFor(subject: string | null): boolean {
    return subject !== null && subject.startsWith(`${this.config.issuer} `);
  }

  async #claims(back: URL, state: string, begun: Begun): Promise<IDToken & Partial<UserInfoResponse>> {
    const { authorizationCodeGrant, fetchUserInfo } = await library();
    const configuration = await this.#discover();
    const tokens = await authorizationCodeGrant(configuration, back, {
      pkceCodeVerifier: begun.verifier,
      expectedState: state,
      expectedNonce: begun.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new Error("there is no id token");
    if (!subjectSchema.safeParse(claims.sub).success) throw new Error("the id token has no usable sub");
    if (claims[this.config.claim] !== undefined || configuration.serverMetadata().userinfo_endpoint === undefined)
      return claims;
    return { ...(await fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims };
  }

  /**
   * What `ask` brings, or why it does not. What was learned of a provider that errs is learned anew the next time: it
   * may have moved, or have other keys.
   */
  async #attempt<T>(secrets: readonly (string | null)[], request: () => Promise<T>): Promise<T | ProviderRefusal> {
    try {
      return await request();
    } catch (error) {
      this.#discovered = null;
      return refusalOf(error, secrets);
    }
  }

  #roleOf(held: readonly string[]): Role | null {
    const given = held.flatMap((value) => (Object.hasOwn(this.config.roles, value) ? [this.config.roles[value]] : []));
    return roles.find((role) => given.includes(role)) ?? null;
  }

  async #discover(): Promise<Configuration> {
    const {
      allowInsecureRequests,
      ClientSecretBasic,
      ClientSecretPost,
      clockTolerance,
      customFetch,
      discovery,
      enableNonRepudiationChecks,
      None,
    } = await library();
    const { issuer, clientId, clientSecret, clockToleranceMs } = this.config;
    const at = this.now();
    if (this.#discovered === null || at - this.#discovered.at > discoveredForMs) {
      // Only a provider on this very machine may be asked without TLS; the config takes no other.
      const insecure = issuer.startsWith("http:") ? [allowInsecureRequests] : [];
      const configuration = discovery(
        new URL(issuer),
        clientId,
        { [clockTolerance]: clockToleranceMs / 1000 },
        clientSecret === null
          ? None()
          : (server, ...rest) =>
              (server.token_endpoint_auth_methods_supported?.includes("client_secret_post")
                ? ClientSecretPost
                : ClientSecretBasic)(clientSecret)(server, ...rest),
        // The library trusts a token for the way it came by; its signature is looked at too.
        { execute: [...insecure, enableNonRepudiationChecks], [customFetch]: providerRequests(this.withinMs) },
      );
      this.#discovered = { configuration, at };
    }
    return await this.#discovered.configuration;
  }
}

/** A claim is a list, or words in a line. */
function valuesOf(claim: unknown): string[] {
  return (Array.isArray(claim) ? claim : typeof claim === "string" ? claim.split(/[\s,]+/) : [])
    .map(String)
    .filter((value) => value !== "");
}
