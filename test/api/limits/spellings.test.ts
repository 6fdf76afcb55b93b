import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { canonicalPath } from "../../../src/api/canonical-path";
import { limitNames } from "../../../src/api/limits/rate-limits";
import { startGuardedDaemon, type GuardedDaemon } from "../../support/access";
import { limitsOf } from "../../../src/api/route-table";
import { everyRoute } from "../../support/routes";
import { sendRaw } from "../../support/raw-request";

/** A limit holds for a route however its path is written: what reaches the route is counted, what is not counted reaches nothing. */

setDefaultTimeout(60_000);

let given: GuardedDaemon;
let token: string;
beforeAll(async () => {
  given = await startGuardedDaemon({
    limits: true,
    config:
      'export default { channels: [{ kind: "webhook", name: "hook", url: "http://127.0.0.1:1/" }], server: { basePath: "/desk" }, limits: { perMinute: { overview: 1, recentAlerts: 1, configRead: 1, configWrite: 1, signIn: 1, channelTest: 1, refused: 0, assets: 0, other: 0 } } };',
  });
  token = await given.token("asker", "admin");
});
afterAll(() => given[Symbol.asyncDispose]());

const routes: readonly (readonly [method: string, path: string, body: object | null])[] = [
  ["GET", "/api/dashboard/overview", null],
  ["GET", "/api/dashboard/alerts/recent", null],
  ["GET", "/api/dashboard/config", null],
  ["POST", "/api/dashboard/config", { signals: { min_score: 70 } }],
  ["DELETE", "/api/dashboard/config/signals.min_score", null],
  ["POST", "/api/auth/login", { username: "ada", password: "guessed" }],
  ["POST", "/api/auth/link", { token: "guessed" }],
  ["POST", "/api/auth/setup", { token: "guessed", username: "ada", password: "a lamp over green water" }],
  ["POST", "/api/channels/hook/test", {}],
];

const encoded = (character: string) => `%${character.charCodeAt(0).toString(16)}`;

function spellingsOf(path: string): string[] {
  const letters = Array.from(path).flatMap((character, at) => (/[a-z_.]/.test(character) ? [at] : []));
  const slashes = Array.from(path).flatMap((character, at) => (character === "/" ? [at] : []));
  const at = (place: number, text: string) => path.slice(0, place) + text + path.slice(place + 1);
  const all = path.replaceAll(/[a-z]/g, encoded);
  return [
    ...letters.flatMap((place) => [
      at(place, encoded(path[place] ?? "")),
      at(place, encoded(path[place] ?? "").toUpperCase()),
      at(place, `%25${encoded(path[place] ?? "").slice(1)}`),
    ]),
    ...slashes.flatMap((place) =>
      ["//", "/./", "/x/../", "/%2e/", "/x/%2E%2e/", "%2f", "%5c", "\\", ";/", "/;/"].map((text) => at(place, text)),
    ),
    all,
    all.toUpperCase(),
    path.toUpperCase(),
    path.replaceAll("%", "%25"),
    `${path}/`,
    `${path}//`,
    `${path}/.`,
    `${path};`,
    `${path};a=b`,
    `${path}%00`,
    `${path}%20`,
    `${path}%2f`,
    `${path}?`,
    `${path}?a`,
    `${path}#a`,
    `${path}.json`,
    `/desk${path}`,
    `/d%65sk${path}`,
    `/desk/desk${path}`,
    `http://elsewhere.example${path}`,
  ];
}

function ask(method: string, path: string, body: object | null, headers = "") {
  const content = body === null ? "" : JSON.stringify(body);
  return sendRaw(
    given.url,
    `${method} ${path} HTTP/1.1\r\nHost: ${new URL(given.url).host}\r\nContent-Type: ` +
      `application/json\r\nContent-Length: ${content.length}\r\nAuthorization: Bearer ` +
      `${token}\r\nConnection: close\r\n${headers}\r\n${content}`,
  );
}

test("every limit but those of assets, of a person's pages and of everything else has its route here", () => {
  const named = new Set(routes.map(([method, path]) => limitsOf(everyRoute())(method, path)));
  expect([...named].toSorted()).toEqual(
    limitNames.filter((name) => !["refused", "assets", "page", "other"].includes(name)).toSorted(),
  );
});

describe.each(routes)("%s %s", (method, path, body) => {
  test("in every spelling", async () => {
    expect((await ask(method, path, body)).status).not.toBe(404);
    expect((await ask(method, path, body)).status).toBe(429);
    expect((await ask(method, path.replaceAll(/[a-z_.]/g, encoded), body)).status).toBe(429);
    const passed: string[] = [];
    for (const spelling of spellingsOf(path)) {
      const { status } = await ask(method, spelling, body);
      if (status !== 429 && status !== 404 && status !== 405 && status !== 400) passed.push(`${spelling}: ${status}`);
      // A query that the route takes none of is refused by the route: it must have been counted before.
      if (status === 400)
        expect({ spelling, reached: (await ask(method, spelling, body)).text.includes('"validation"') }).toEqual({
          spelling,
          reached: false,
        });
    }
    expect(passed).toEqual([]);
  });

  test("by another method", async () => {
    const others = method === "GET" ? ["HEAD"] : ["GET", "HEAD", "PUT", method.toLowerCase()];
    for (const other of others)
      expect([429, 404, 405, 400, null]).toContain((await ask(other, path, other === "PUT" ? body : null)).status);
    for (const header of ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"]) {
      const { status } = await ask("PUT", `${path}?_method=${method}`, body ?? {}, `${header}: ${method}\r\n`);
      expect({ header, status }).toEqual({ header, status: 405 });
    }
  });
});

test("a path has one spelling, and what parts it otherwise is not undone", () => {
  const spelled: Readonly<Record<string, string>> = {
    "/api/auth/login": "/api/auth/login",
    "/api/auth/logi%6e": "/api/auth/login",
    "/api/auth/%6C%6fgin": "/api/auth/login",
    "/api/symbols/BTC%2fUSDT": "/api/symbols/BTC%2FUSDT",
    "/api/auth/logi%256e": "/api/auth/logi%256e",
    "/a%2eb%5Fc%7ed%2D1%30": "/a.b_c~d-10",
    "/a%3fb%23c%25d%3Ae%3b": "/a%3Fb%23c%25d%3Ae%3B",
    "/api/%zz%2": "/api/%zz%2",
    "/a%c3%a9%20b": "/a%C3%A9%20b",
  };
  for (const [path, canonical] of Object.entries(spelled)) expect(canonicalPath(path)).toBe(canonical);
});
