import type { Configuration, IDToken, UserInfoResponse } from "openid-client";
import { roles, type Role } from "./roles";

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
}

/** Someone the provider vouches for. */
export interface Vouched {
  /** Issuer and subject: names may change, this does not. */
  readonly subject: string;
  readonly name: string;
  readonly role: Role;
  readonly next: string;
}

export type Trouble = "provider-unreachable" | "provider-refused" | "no-role";

interface Begun {
  readonly verifier: string;
  readonly nonce: string;
  readonly redirectUri: string;
  readonly next: string;
  readonly until: number;
}

export const signInWithinSeconds = 10 * 60;
const begunAtMost = 1000;
const discoveredForMs = 60 * 60_000;

/** Loaded when somebody signs in this way. */
const library = () => import("openid-client");

/** Authorization code with PKCE, state and nonce. What was begun is good once, and only for the browser that began it. */
export class IdentityProvider {
  readonly #begun = new Map<string, Begun>();
  #discovered: { readonly configuration: Promise<Configuration>; readonly at: number } | null = null;

  constructor(
    readonly config: IdentityProviderConfig,
    private readonly now: () => number,
  ) {}

  /** Where to send the browser, and the state it must bring back. */
  async begin(redirectUri: string, next: string): Promise<{ readonly url: URL; readonly state: string } | Trouble> {
    const { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } = await library();
    const configuration = await this.#discover();
    if (configuration === null) return "provider-unreachable";
    const [state, verifier, nonce] = [randomState(), randomPKCECodeVerifier(), randomNonce()];
    const back = this.config.redirectUri ?? redirectUri;
    const oldest = this.#begun.size >= begunAtMost ? this.#begun.keys().next().value : undefined;
    if (oldest !== undefined) this.#begun.delete(oldest);
    this.#begun.set(state, { verifier, nonce, redirectUri: back, next, until: this.now() + signInWithinSeconds * 1000 });
    const url = buildAuthorizationUrl(configuration, { redirect_uri: back, scope: this.config.scopes, code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: "S256", state, nonce });
    return { url, state };
  }

  /** `state`: what the browser kept; `query`: what it brought from the provider. */
  async finish(state: string, query: string): Promise<Vouched | Trouble> {
    const begun = this.#begun.get(state);
    this.#begun.delete(state);
    if (!begun || this.now() >= begun.until) return "provider-refused";
    const configuration = await this.#discover();
    if (configuration === null) return "provider-unreachable";
    const back = new URL(begun.redirectUri);
    back.search = query;
    const claims = await this.#claims(configuration, back, state, begun);
    if (claims === null) return "provider-refused";
    const role = this.#roleOf(claims[this.config.claim]);
    if (role === null) return "no-role";
    const name = [claims["preferred_username"], claims["email"], claims.sub].find((each) => typeof each === "string" && each !== "") ?? claims.sub;
    return { subject: `${this.config.issuer} ${claims.sub}`, name, role, next: begun.next };
  }

  async #claims(configuration: Configuration, back: URL, state: string, begun: Begun): Promise<(IDToken & Partial<UserInfoResponse>) | null> {
    const { authorizationCodeGrant, AuthorizationResponseError, ClientError, fetchUserInfo, ResponseBodyError, WWWAuthenticateChallengeError } = await library();
    try {
      const tokens = await authorizationCodeGrant(configuration, back, { pkceCodeVerifier: begun.verifier, expectedState: state, expectedNonce: begun.nonce, idTokenExpected: true });
      const claims = tokens.claims();
      if (claims === undefined) return null;
      if (claims[this.config.claim] !== undefined || configuration.serverMetadata().userinfo_endpoint === undefined) return claims;
      return { ...(await fetchUserInfo(configuration, tokens.access_token, claims.sub)), ...claims };
    } catch (error) {
      // What the provider or the browser brought was no good; anything else is a bug of ours.
      if ([AuthorizationResponseError, ClientError, ResponseBodyError, WWWAuthenticateChallengeError].some((kind) => error instanceof kind)) return null;
      throw error;
    }
  }

  #roleOf(claim: unknown): Role | null {
    const held = (Array.isArray(claim) ? claim : typeof claim === "string" ? claim.split(/[\s,]+/) : []).map(String);
    const given = held.flatMap((value) => (Object.hasOwn(this.config.roles, value) ? [this.config.roles[value]] : []));
    return roles.find((role) => given.includes(role)) ?? null;
  }

  /** Null where the provider does not answer; asked again the next time. */
  async #discover(): Promise<Configuration | null> {
    const { allowInsecureRequests, ClientError, discovery, None, ResponseBodyError } = await library();
    const { issuer, clientId, clientSecret } = this.config;
    const at = this.now();
    if (this.#discovered === null || at - this.#discovered.at > discoveredForMs) {
      // Only a provider on this very machine may be asked without TLS; the config takes no other.
      const execute = issuer.startsWith("http:") ? [allowInsecureRequests] : [];
      this.#discovered = { configuration: discovery(new URL(issuer), clientId, clientSecret ?? undefined, clientSecret === null ? None() : undefined, { execute, timeout: 10 }), at };
    }
    try {
      return await this.#discovered.configuration;
    } catch (error) {
      this.#discovered = null;
      if (error instanceof ClientError || error instanceof ResponseBodyError || error instanceof TypeError) return null;
      throw error;
    }
  }
}
