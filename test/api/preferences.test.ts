import { afterAll, beforeAll, expect, test } from "bun:test";
import { startTestDaemon, type TestDaemon } from "../support/daemon";
import { defaultPreferences, readPreferences } from "../../src/views/preferences";

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
});

const send = (method: string, path: string, body: unknown) =>
  fetch(`${daemon.url}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

test("what is chosen is kept over a restart, what is left out stays", async () => {
  expect(await daemon.get("/api/preferences")).toEqual(defaultPreferences);
  const layout = [{ panel: "signals", x: 0, y: 0, w: 12, h: 20, hidden: false }];
  expect((await send("PATCH", "/api/preferences", { layout })).status).toBe(200);
  const answer = await send("PATCH", "/api/preferences", { theme: "light" });
  expect(await answer.json()).toEqual({ ...defaultPreferences, layout, theme: "light" });
  await daemon.restart();
  expect(await daemon.get("/api/preferences")).toEqual({ ...defaultPreferences, layout, theme: "light" });
});

test.each([
  [{ theme: "pink" }],
  [{ unheard: 1 }],
  [{ layout: [{ panel: "signals", x: 12, y: 0, w: 1, h: 1, hidden: false }] }],
  [{ layout: [{ panel: "<b>", x: 0, y: 0, w: 1, h: 2, hidden: false }] }],
  [{ layout: Array.from({ length: 25 }, () => ({ panel: "signals", x: 0, y: 0, w: 1, h: 1, hidden: false })) }],
  [{ sound: ["loud"] }],
  [{ alerts_seen_at: "yesterday" }],
  [[]],
])("%j is refused, and nothing of it is kept", async (patch) => {
  const before = await daemon.get("/api/preferences");
  expect((await send("PATCH", "/api/preferences", patch)).status).toBe(400);
  expect(await daemon.get("/api/preferences")).toEqual(before);
});

test("a field that an older program kept and this one does not understand is forgotten, the others are not", () => {
  expect(readPreferences(JSON.stringify({ theme: "light", colours: "pink", gone: 1 }))).toEqual({
    ...defaultPreferences,
    theme: "light",
  });
});

test("an error of a browser is taken down and counted, a flood of them only counted", async () => {
  const error = { message: "x is not a function", stack: "at main", page: "/dashboard", version: "0.1.0" };
  const before = await counted();
  expect((await send("POST", "/api/errors", error)).status).toBe(204);
  for (let n = 0; n < 40; n++) expect((await send("POST", "/api/errors", error)).status).toBe(204);
  const after = await counted();
  expect([after.logged - before.logged, after.counted - before.counted]).toEqual([30, 11]);
  expect((await send("POST", "/api/errors", { ...error, message: "x".repeat(501) })).status).toBe(400);
});

async function counted(): Promise<{ logged: number; counted: number }> {
  const text = await (await fetch(`${daemon.url}/metrics`)).text();
  const read = (outcome: string) =>
    Number(new RegExp(`virtuoso_browser_errors_total\\{outcome="${outcome}"\\} (\\d+)`).exec(text)?.[1]);
  return { logged: read("logged"), counted: read("counted") };
}
