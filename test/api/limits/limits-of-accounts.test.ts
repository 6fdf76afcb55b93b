import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { bearer, startGuardedDaemon, type GuardedDaemon } from "../../support/access";

setDefaultTimeout(60_000);

let given: GuardedDaemon;
beforeAll(async () => {
  given = await startGuardedDaemon({
    limits: true,
    config:
      'export default { server: { proxies: ["127.0.0.1"] }, ' +
      "limits: { perMinute: { overview: 3, configWrite: 3, refused: 2, signIn: 2, page: 8 } } };",
  });
});
afterAll(() => given[Symbol.asyncDispose]());

const overview = "/api/dashboard/overview";

async function statuses(times: number, path: string, init: RequestInit): Promise<number[]> {
  const all: number[] = [];
  for (let asked = 0; asked < times; asked++) all.push((await fetch(`${given.url}${path}`, init)).status);
  return all;
}

function from(address: string, headers: Record<string, string> = {}): RequestInit {
  return { headers: { "x-forwarded-for": address, ...headers } };
}

test("a token has its own, from wherever it is shown; another's from the same address is untouched", async () => {
  const one = bearer(await given.token("one", "viewer")).headers;
  const two = bearer(await given.token("two", "viewer")).headers;
  expect(await statuses(3, overview, from("198.51.100.1", one))).toEqual([200, 200, 200]);
  expect(await statuses(1, overview, from("198.51.100.2", one))).toEqual([429]);
  expect(await statuses(3, overview, from("198.51.100.1", two))).toEqual([200, 200, 200]);
});

test("what is refused draws from a bucket of its own: who guesses at tokens locks out none who has one", async () => {
  const good = bearer(await given.token("good", "viewer")).headers;
  expect(await statuses(4, "/api/alerts", from("198.51.100.3", { authorization: "Bearer vrt_guessed" }))).toEqual([
    401, 401, 429, 429,
  ]);
  expect(await statuses(1, "/api/alerts", from("198.51.100.3", good))).toEqual([200]);
  expect(await statuses(1, "/healthz", from("198.51.100.3"))).toEqual([200]);
});

test("signing in is limited by address, whatever the account, and the page itself is not", async () => {
  await given.addUser("ada", "viewer");
  const tried = async (address: string, username: string, password: string) =>
    (await given.post("/api/auth/login", { username, password }, { "x-forwarded-for": address })).status;
  expect(await tried("198.51.100.4", "ada", "wrong")).toBe(401);
  expect(await tried("198.51.100.4", "bob", "wrong")).toBe(401);
  expect(await tried("198.51.100.4", "ada", given.password)).toBe(429);
  expect(await tried("198.51.100.5", "ada", given.password)).toBe(200);
  expect(await statuses(1, "/signin", from("198.51.100.4"))).toEqual([200]);
});

test("what a person's own pages read has a budget of its own; a script's token and another site's page have not", async () => {
  await given.addUser("mira", "admin");
  const { cookie } = await given.signIn("mira");
  const own = { "sec-fetch-site": "same-origin" };
  // Over plain HTTP from another machine browsers do not say whose page it is.
  const plain = { "x-virtuoso-page": "1" };
  const by = (headers: Record<string, string>): RequestInit => ({ headers: { cookie, ...headers } });
  const foreign = by({ ...plain, "sec-fetch-site": "cross-site" });
  expect(await statuses(4, overview, foreign)).toEqual([200, 200, 200, 429]);
  expect(await statuses(4, overview, by(own))).toEqual([200, 200, 200, 200]);
  expect(await statuses(5, overview, by(plain))).toEqual([200, 200, 200, 200, 429]);
  const token = bearer(await given.token("script", "viewer")).headers;
  expect(await statuses(4, overview, from("198.51.100.6", { ...token, ...own, ...plain }))).toEqual([
    200, 200, 200, 429,
  ]);
});

test("what a page changes is limited as ever", async () => {
  await given.addUser("noor", "admin");
  const { cookie, csrf } = await given.signIn("noor");
  const change = (): RequestInit => ({
    method: "POST",
    headers: {
      cookie,
      "x-csrf-token": csrf,
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      "origin": given.url,
    },
    body: JSON.stringify({ signals: { min_score: 70 } }),
  });
  expect(await statuses(4, "/api/dashboard/config", change())).toEqual([200, 200, 200, 429]);
});
