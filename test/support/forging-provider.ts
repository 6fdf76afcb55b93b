import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTPayload } from "jose";

/** What stands in a token unless the test says otherwise. */
export const clientId = "virtuoso";
export const clientSecret = "a secret that no one may read";

/** What an identity provider that is not as it should be does at each step. */
export interface Forgery {
  /** Changes what an honest one would sign. */
  readonly claims?: (honest: JWTPayload) => JWTPayload;
  /** Makes the id token in place of the honest way. */
  readonly sign?: (claims: JWTPayload, keys: Keys) => Promise<string>;
  /** Changes what it says of itself. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** What it answers in place of the token, its keys, or what it knows of a person. */
  readonly token?: Answer;
  readonly keys?: Answer;
  readonly userinfo?: Answer;
}

export type Answer = (request: Request) => Response | Promise<Response>;

interface Keys {
  readonly own: CryptoKey;
  readonly other: CryptoKey;
  readonly publicJwk: JWK;
}

/** A provider on loopback that is honest but for its forgery. */
export interface ForgingProvider extends AsyncDisposable {
  readonly issuer: string;
  /** Of the requests for tokens, how the client showed who it is. */
  readonly shown: readonly (string | null)[];
  is(forgery: Forgery): void;
  /** Where the browser comes back to, from where it was sent to. */
  consent(url: URL): string;
}

const algorithms = new Map<string, Promise<{ privateKey: CryptoKey; publicKey: CryptoKey }>>();
/** Made once: an RSA key takes its time. */
const pair = (alg: string, which = "own") => {
  const made = algorithms.get(`${alg} ${which}`) ?? generateKeyPair(alg, { extractable: true });
  algorithms.set(`${alg} ${which}`, made);
  return made;
};

export async function startForgingProvider(alg = "RS256"): Promise<ForgingProvider> {
  const [own, other] = await Promise.all([pair(alg), pair(alg, "other")]);
  const publicJwk: JWK = { ...(await exportJWK(own.publicKey)), kid: "one", alg, use: "sig" };
  const keys: Keys = { own: own.privateKey, other: other.privateKey, publicJwk };
  let forgery: Forgery = {};
  let nonce = "";
  const shown: (string | null)[] = [];
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 60,
    async fetch(request: Request): Promise<Response> {
      const issuer = new URL(request.url).origin;
      const { pathname } = new URL(request.url);
      if (pathname === "/.well-known/openid-configuration")
        return Response.json({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          userinfo_endpoint: `${issuer}/me`,
          id_token_signing_alg_values_supported: [alg],
          token_endpoint_auth_methods_supported: ["client_secret_post"],
          ...forgery.metadata,
        });
      if (pathname === "/keys")
        return forgery.keys ? await forgery.keys(request) : Response.json({ keys: [publicJwk] });
      if (pathname === "/me")
        return forgery.userinfo ? await forgery.userinfo(request) : Response.json({ sub: "ada", groups: ["staff"] });
      if (pathname !== "/token") return new Response("not here", { status: 404 });
      shown.push(request.headers.get("authorization"));
      if (forgery.token) return await forgery.token(request);
      const seconds = Math.floor(Date.now() / 1000);
      const honest: JWTPayload = {
        iss: issuer,
        aud: clientId,
        sub: "ada",
        nonce,
        iat: seconds,
        exp: seconds + 60,
        groups: ["staff"],
        preferred_username: "ada",
      };
      const claims = forgery.claims ? forgery.claims(honest) : honest;
      const token = forgery.sign ? await forgery.sign(claims, keys) : await signed(claims, keys.own, alg);
      return Response.json({ access_token: "of the access", token_type: "bearer", id_token: token });
    },
  });
  const issuer = `http://127.0.0.1:${server.port}`;
  return {
    issuer,
    shown,
    is: (next) => {
      forgery = next;
    },
    consent: ({ searchParams }) => {
      nonce = searchParams.get("nonce") ?? "";
      return `?code=of-the-code&state=${searchParams.get("state") ?? ""}`;
    },
    async [Symbol.asyncDispose]() {
      await server.stop(true);
    },
  };
}

export function signed(claims: JWTPayload, key: CryptoKey | Uint8Array, alg: string, kid = "one"): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg, kid }).sign(key);
}

/** An unsigned token. */
export function unsigned(claims: JWTPayload, alg: string): string {
  return `${part({ alg, kid: "one" })}.${part(claims)}.`;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
