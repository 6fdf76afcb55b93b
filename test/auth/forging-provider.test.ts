import type { TCPSocketListener } from "bun";
import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { JWTPayload } from "jose";
import { IdentityProvider, type Vouched } from "../../src/auth/identity-provider";
import { ProviderRefusal } from "../../src/auth/provider-fault";
import {
  clientId,
  clientSecret,
  signed,
  startForgingProvider,
  unsigned,
  type Answer,
  type Forgery,
  type ForgingProvider,
} from "../support/forging-provider";

setDefaultTimeout(60_000);

let forger: ForgingProvider;
/** Takes a connection, and lets go of it at the first word. */
let resetting: TCPSocketListener;
beforeAll(async () => {
  forger = await startForgingProvider();
  resetting = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: (socket) => socket.terminate() } });
});
afterAll(async () => {
  resetting.stop(true);
  await forger[Symbol.asyncDispose]();
});

const config = {
  clientId,
  clientSecret,
  scopes: "openid",
  claim: "groups",
  roles: { staff: "trader" },
  label: "",
  redirectUri: null,
  clockToleranceMs: 60_000,
  signsOut: true,
} as const;

/** Signs in by way of `provider`, as a browser would; every step may fail. */
async function come(
  provider: ForgingProvider,
  forgery: Forgery,
  {
    changed = {},
    withinMs = 20_000,
    query = (back: string) => back,
  }: { changed?: object; withinMs?: number; query?: (back: string) => string } = {},
): Promise<Vouched | ProviderRefusal> {
  provider.is(forgery);
  const relyingParty = new IdentityProvider({ ...config, issuer: provider.issuer, ...changed }, Date.now, withinMs);
  const begun = await relyingParty.begin("http://127.0.0.1:8000/api/auth/oidc/callback", "/alerts");
  if (begun instanceof ProviderRefusal) return begun;
  return await relyingParty.finish(begun.state, query(provider.consent(begun.url)));
}

const without =
  (claim: string) =>
  (honest: JWTPayload): JWTPayload =>
    Object.fromEntries(Object.entries(honest).filter(([name]) => name !== claim));

/** Nothing that anybody could use stands in what is kept of it. */
function expectNoSecret(refusal: Vouched | ProviderRefusal): void {
  const why = refusal instanceof ProviderRefusal ? refusal.why : "";
  expect(why).not.toBe("");
  for (const secret of [clientSecret, "of-the-code", "of the access", "eyJ"]) expect(why).not.toContain(secret);
}

test("an honest one vouches, with what its userinfo adds; its clock may be off by the tolerance", async () => {
  const ada = { subject: `${forger.issuer} ada`, name: "ada", role: "trader", next: "/alerts" };
  expect(await come(forger, {})).toEqual(ada as Vouched);
  expect(await come(forger, { claims: without("groups") })).toEqual(ada as Vouched);
  const late: Forgery = { claims: (honest) => ({ ...honest, exp: Math.floor(Date.now() / 1000) - 30 }) };
  expect(await come(forger, late)).toEqual(ada as Vouched);
  expect(await come(forger, late, { changed: { clockToleranceMs: 0 } })).toMatchObject({
    trouble: "provider-refused",
    why: expect.stringMatching(/exp is 3\d s in the past, auth\.oidc\.clockTolerance is 0 s/),
  });
});

test.each(["ES256", "PS256", "EdDSA"])("a token signed by %s is good", async (alg) => {
  await using provider = await startForgingProvider(alg);
  expect(await come(provider, {})).toMatchObject({ name: "ada" });
  expect(await come(provider, { sign: (claims, { other }) => signed(claims, other, alg) })).toMatchObject({
    trouble: "provider-refused",
  });
});

const ago = (seconds: number) => Math.floor(Date.now() / 1000) - seconds;
const secretBytes = new TextEncoder().encode(clientSecret);
const takesAll = { id_token_signing_alg_values_supported: ["RS256", "HS256", "none"] };

const forgeries: readonly (readonly [string, Forgery, RegExp])[] = [
  [
    "signed with another key under the same name",
    { sign: (claims, { other }) => signed(claims, other, "RS256") },
    /signature verification failed/,
  ],
  [
    "signed with a key it does not show",
    { sign: (claims, { own }) => signed(claims, own, "RS256", "two") },
    /no applicable keys.*"RS256", key "two"/,
  ],
  [
    "changed once it was signed",
    {
      sign: async (claims, { own }) =>
        (await signed(claims, own, "RS256")).replace(
          /\.[^.]+\./,
          `.${Buffer.from(JSON.stringify({ ...claims, sub: "root" })).toString("base64url")}.`,
        ),
    },
    /signature verification failed/,
  ],
  ["not signed", { sign: async (claims) => unsigned(claims, "none") }, /alg.*none/],
  [
    "not signed, and said to be allowed",
    { metadata: takesAll, sign: async (claims) => unsigned(claims, "none") },
    /none/,
  ],
  ["without a signature where one is named", { sign: async (claims) => unsigned(claims, "RS256") }, /signature/],
  ["signed with the client's secret", { sign: (claims) => signed(claims, secretBytes, "HS256") }, /alg.*HS256/],
  [
    "signed with the client's secret, and said to be allowed",
    { metadata: takesAll, sign: (claims) => signed(claims, secretBytes, "HS256") },
    /HS256/,
  ],
  [
    "signed with the public key as a secret",
    {
      metadata: takesAll,
      sign: (claims, { publicJwk }) => signed(claims, new TextEncoder().encode(JSON.stringify(publicJwk)), "HS256"),
    },
    /HS256/,
  ],
  [
    "of another issuer",
    { claims: (honest) => ({ ...honest, iss: "https://other.example" }) },
    /iss is "https:\/\/other\.example", expected "http/,
  ],
  [
    "for another client",
    { claims: (honest) => ({ ...honest, aud: "another" }) },
    /aud is "another", expected "virtuoso"/,
  ],
  [
    "for several, authorized to another",
    { claims: (honest) => ({ ...honest, aud: ["virtuoso", "another"], azp: "another" }) },
    /azp/,
  ],
  [
    "expired",
    { claims: (honest) => ({ ...honest, exp: ago(300) }) },
    /exp is 5 min in the past, auth\.oidc\.clockTolerance is 60 s/,
  ],
  ["not yet good", { claims: (honest) => ({ ...honest, nbf: ago(-300) }) }, /nbf is [45] min in the future/],
  ["without an end", { claims: without("exp") }, /exp/],
  ["without a nonce", { claims: without("nonce") }, /nonce/],
  [
    "with another's nonce",
    { claims: (honest) => ({ ...honest, nonce: "another" }) },
    /nonce is not the one that was sent/,
  ],
  ["without a subject", { claims: without("sub") }, /sub/],
  ["of an empty name", { claims: (honest) => ({ ...honest, sub: "" }) }, /sub/],
  ["encrypted, or none at all", { sign: async () => "a.b.c.d.e" }, /JWE/],
  [
    "of one whose userinfo is of another",
    { claims: without("groups"), userinfo: () => Response.json({ sub: "root", groups: ["staff"] }) },
    /sub/,
  ],
];

test.each(forgeries)("an id token %s is refused, and why is said", async (_, forgery, why) => {
  const refusal = await come(forger, forgery);
  expectNoSecret(refusal);
  expect(refusal).toMatchObject({ trouble: "provider-refused", why: expect.stringMatching(why), next: "/alerts" });
});

const json =
  (status: number, body: object, headers = {}): Answer =>
  () =>
    Response.json(body, { status, headers });

const refusals: readonly (readonly [string, Forgery, string, RegExp])[] = [
  [
    "the client's secret",
    { token: json(401, { error: "invalid_client", error_description: `no client has ${clientSecret}` }) },
    "provider-refused",
    /^the provider answers invalid_client: no client has \.\.\.; are auth\.oidc\.clientId and clientSecret/,
  ],
  [
    "the client, by a header",
    { token: json(401, {}, { "www-authenticate": "Basic" }) },
    "provider-refused",
    /answers 401.*clientSecret/,
  ],
  [
    "the code",
    { token: json(400, { error: "invalid_grant", error_description: "of-the-code\nis spent" }) },
    "provider-refused",
    /invalid_grant: \.\.\. is spent/,
  ],
  [
    "an answer for a while",
    { token: json(400, { error: "temporarily_unavailable" }) },
    "provider-unreachable",
    /temporarily_unavailable/,
  ],
];

test.each(refusals)(
  "a provider that refuses %s is quoted in its own words, without what is secret",
  async (_, forgery, trouble, why) => {
    const refusal = await come(forger, forgery);
    expectNoSecret(refusal);
    expect(refusal).toMatchObject({ trouble, why: expect.stringMatching(why) });
  },
);

test.each([
  ["error=access_denied&error_description=the+person+said+no", "provider-refused", /access_denied: the person said no/],
  ["error=server_error", "provider-unreachable", /server_error/],
  ["error=temporarily_unavailable", "provider-unreachable", /temporarily_unavailable/],
  ["iss=https%3A%2F%2Fother.example&code=x", "provider-refused", /iss/],
  ["", "provider-refused", /code/],
])("sent back with %p", async (said, trouble, why) => {
  expect(await come(forger, {}, { query: (back) => back.replace("code=of-the-code", said) })).toMatchObject({
    trouble,
    why: expect.stringMatching(why),
  });
});

const rubbish: readonly (readonly [string, Answer])[] = [
  ["an error of its own", () => new Response("oops", { status: 500 })],
  ["an error of a proxy, in JSON", json(503, { error: "down" })],
  ["a page", () => new Response("<h1>Maintenance</h1>", { headers: { "content-type": "text/html" } })],
  ["another address", () => Response.redirect("https://login.example/")],
  ["nothing there", () => new Response("not here", { status: 404 })],
  ["half of it", () => new Response('{"id_token": "', { headers: { "content-type": "application/json" } })],
  ["a list", json(200, [])],
  ["nothing of use", json(200, {})],
  ["null", () => new Response("null", { headers: { "content-type": "application/json" } })],
  [
    "more than anybody reads",
    () => new Response(" ".repeat(2 * 1024 * 1024), { headers: { "content-type": "application/json" } }),
  ],
];

test.each(rubbish)("what answers with %s at any step is no provider", async (_, answer) => {
  for (const step of ["token", "keys", "userinfo"] as const) {
    const refusal = await come(forger, { [step]: answer, ...(step === "userinfo" && { claims: without("groups") }) });
    expectNoSecret(refusal);
    expect(refusal).toMatchObject({ trouble: "provider-unreachable" });
  }
  const other = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: answer });
  expect(await come(forger, {}, { changed: { issuer: `http://127.0.0.1:${other.port}` } })).toMatchObject({
    trouble: "provider-unreachable",
    next: "/alerts",
  });
  await other.stop(true);
});

const ways = [
  ["token", "token_endpoint", {}],
  ["keys", "jwks_uri", {}],
  ["userinfo", "userinfo_endpoint", { claims: without("groups") }],
] as const satisfies readonly (readonly [string, string, Forgery])[];

test("one that is gone, or lets go of the connection, at any step, is not reached", async () => {
  const free = Bun.serve({ hostname: "127.0.0.1", port: 0, fetch: () => new Response() });
  const anonymous = `http://127.0.0.1:${free.port}`;
  await free.stop(true);
  for (const [dead, how] of [
    [anonymous, "refuses the connection"],
    [`http://127.0.0.1:${resetting.port}`, "closes the connection"],
  ] as const) {
    for (const [, endpoint, forgery] of ways)
      expect(await come(forger, { ...forgery, metadata: { [endpoint]: `${dead}/x` } })).toMatchObject({
        trouble: "provider-unreachable",
        why: `${dead}/x ${how}`,
      });
    expect(await come(forger, {}, { changed: { issuer: dead } })).toMatchObject({
      trouble: "provider-unreachable",
      why: `${dead}/.well-known/openid-configuration ${how}`,
    });
  }
});

const never: Answer = () => new Promise(() => {});
const stalls: Answer = () =>
  new Response(new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"a":')) }), {
    headers: { "content-type": "application/json" },
  });

test("one that hangs, before its answer or within, is waited for no longer than that", async () => {
  const hanging = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 60,
    fetch: (request) => (request.url.includes("/stalls") ? stalls(request) : never(request)),
  });
  const root = `http://127.0.0.1:${hanging.port}`;
  for (const way of ["never", "stalls"]) {
    for (const [, endpoint, forgery] of ways)
      expect(
        await come(forger, { ...forgery, metadata: { [endpoint]: `${root}/${way}` } }, { withinMs: 400 }),
      ).toMatchObject({ trouble: "provider-unreachable", why: expect.stringMatching(/does not answer within 0.4 s/) });
  }
  expect(await come(forger, {}, { changed: { issuer: root }, withinMs: 400 })).toMatchObject({
    trouble: "provider-unreachable",
  });
  await hanging.stop(true);
});

test("one that speaks for another, or leads where nothing is encrypted, is asked nothing", async () => {
  for (const metadata of [
    { issuer: "https://other.example" },
    { issuer: "no address" },
    { authorization_endpoint: "no address" },
    { authorization_endpoint: undefined },
    { authorization_endpoint: "javascript:alert(1)" },
  ]) {
    expect(await come(forger, { metadata })).toMatchObject({ trouble: "provider-unreachable", next: "/alerts" });
  }
});

test("once it is there again it is asked again, with its keys and addresses of now", async () => {
  forger.is({ keys: () => new Response("oops", { status: 500 }) });
  const relyingParty = new IdentityProvider({ ...config, issuer: forger.issuer }, Date.now, 20_000);
  const visit = async () => {
    const begun = await relyingParty.begin("http://127.0.0.1:8000/back", "/");
    return begun instanceof ProviderRefusal ? begun : await relyingParty.finish(begun.state, forger.consent(begun.url));
  };
  expect(await visit()).toMatchObject({ trouble: "provider-unreachable" });
  forger.is({});
  expect(await visit()).toMatchObject({ name: "ada" });
});

test("the client shows who it is in the way the provider takes: where it names none, by the header", async () => {
  const byHeader = `Basic ${Buffer.from(`${clientId}:${encodeURIComponent(clientSecret).replaceAll("%20", "+")}`).toString("base64")}`;
  for (const [methods, expected] of [
    [undefined, byHeader],
    [["client_secret_basic"], byHeader],
    [["client_secret_basic", "client_secret_post"], null],
  ] as const) {
    expect(await come(forger, { metadata: { token_endpoint_auth_methods_supported: methods } })).toMatchObject({
      name: "ada",
    });
    expect(forger.shown.at(-1)).toBe(expected);
  }
});

test("whoever signs out is led there where it offers that; where it does not, or not at once, nowhere", async () => {
  const url = async (forgery: Forgery, changed = {}) => {
    forger.is(forgery);
    return (
      (
        await new IdentityProvider({ ...config, issuer: forger.issuer, ...changed }, Date.now, 20_000).signOutUrl(
          "https://desk.example/signin",
        )
      )?.href ?? null
    );
  };
  const metadata = { end_session_endpoint: `${forger.issuer}/end?x=1` };
  expect(await url({ metadata })).toBe(
    `${forger.issuer}/end?x=1&post_logout_redirect_uri=https%3A%2F%2Fdesk.example%2Fsignin&client_id=virtuoso`,
  );
  expect(await url({})).toBeNull();
  expect(await url({ metadata }, { signsOut: false })).toBeNull();
  expect(await url({ metadata: { end_session_endpoint: "javascript:alert(1)" } })).toBeNull();
  expect(await url({ metadata }, { issuer: "http://127.0.0.1:1" })).toBeNull();
});
