import { expect, test } from "bun:test";
import type { AlertShape } from "../../src/views/alerts";
import type { AlertDetail } from "../../src/views/trace";
import { expectReplayToAgree } from "../support/replayed";
import { aSignal } from "../support/reports";
import { framesOf } from "../support/socket";
import { Story, systemAlert } from "../support/story";
import { until } from "../support/daemon";
import { virtuoso } from "../commands/program";

/** Acknowledge, give back, resolve: by the API, over the socket, at the command line. */

const expecting = `export default { sources: [{ kind: "reports", name: "reports", expectEvery: "2m" }] };`;

async function post(story: Story, path: string, body: object = {}): Promise<{ status: number; body: unknown }> {
  const response = await story.post(path, body);
  return { status: response.status, body: await response.json() };
}

async function silentSource(story: Story): Promise<AlertShape> {
  await story.at("0s").report(aSignal({ strength: 50 }));
  const [silent] = await story.at("3m").expect(systemAlert("source-silent"));
  if (!silent) throw new Error("it is not silent");
  return silent;
}

test("an alert that someone has is said at once, survives a restart, and is looked at again after its time", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ strength: 80 }));
  const [alert] = await story.at("1s").expect({ type: "SIGNAL" });
  const id = alert?.id ?? "";
  const taken = await post(story, `/api/alerts/${id}/acknowledge`, { note: "on it", for: "2h" });
  const acknowledged = {
    by: "owner",
    at: "2026-03-02T12:00:01.000Z",
    until: "2026-03-02T14:00:01.000Z",
    note: "on it",
  };
  expect(taken).toMatchObject({
    status: 200,
    body: { id, state: "acknowledged", acknowledged, notes: [{ by: "owner", text: "on it" }] },
  });
  const changes = () =>
    framesOf(story.frames, "alert_changed").map(({ alert: { state, acknowledged: who } }) => ({ state, who }));
  await until("the frame", () => changes().length === 1);
  expect(changes()).toEqual([{ state: "acknowledged", who: acknowledged }]);
  expect(await post(story, `/api/alerts/${id}/acknowledge`)).toMatchObject({ status: 200, body: { acknowledged } });
  expect(await story.get<object>("/api/alerts?state=acknowledged")).toMatchObject({ items: [{ id }] });
  await story.at("1h").restart();
  expect(await story.get<object>(`/api/alerts/${id}`)).toMatchObject({ acknowledged });
  story.at("2h2s");
  expect(await story.get<object>(`/api/alerts/${id}`)).toMatchObject({
    state: "open",
    acknowledged: null,
    notes: [{ text: "on it" }],
  });
  expect(changes().at(-1)).toEqual({ state: "open", who: null });
  await story.stop();
  await expectReplayToAgree(story.daemon.data);
});

test("a state alert resolved by hand stays closed until its condition ends and comes again", async () => {
  await using story = await Story.begin({ config: expecting });
  const { id } = await silentSource(story);
  expect(await post(story, `/api/alerts/${id}/resolve`, { note: "known" })).toMatchObject({
    status: 200,
    body: { state: "resolved", end_reason: "by-hand", acknowledged: null },
  });
  expect(await post(story, `/api/alerts/${id}/resolve`)).toMatchObject({ status: 409, body: { code: "alert-ended" } });
  await story.at("30m").expect();
  await story.at("31m").restart();
  await story.at("50m").expect();
  await story.at("51m").report(aSignal({ strength: 51 }));
  await story.at("54m").expect(systemAlert("source-silent"));
  await story.stop();
  await expectReplayToAgree(story.daemon.data);
});

test("what cannot be done is refused by its code", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ strength: 80 }));
  const [alert] = await story.at("1s").expect({ type: "SIGNAL" });
  const id = alert?.id ?? "";
  expect(await post(story, `/api/alerts/${id}/resolve`)).toMatchObject({
    status: 409,
    body: { code: "alert-expires" },
  });
  for (const unknown of ["a99999", "s1", "nothing"])
    expect(await post(story, `/api/alerts/${unknown}/acknowledge`)).toMatchObject({
      status: 404,
      body: { code: "not-found" },
    });
  for (const [path, body] of [
    ["acknowledge", { for: "soon" }],
    ["acknowledge", { for: "2y" }],
    ["acknowledge", { surely: true }],
    ["feedback", { value: "great" }],
    ["feedback", {}],
    ["notes", { text: " " }],
  ] as const)
    expect(await post(story, `/api/alerts/${id}/${path}`, body)).toMatchObject({
      status: 400,
      body: { code: "validation" },
    });
  story.at("40h");
  expect(await post(story, `/api/alerts/${id}/acknowledge`)).toMatchObject({
    status: 409,
    body: { code: "alert-ended" },
  });
  expect(await post(story, `/api/alerts/${id}/feedback`, { value: "late", note: "an hour" })).toMatchObject({
    status: 200,
    body: { acts: [{ act: "feedback", value: "late", by: "owner" }], notes: [{ text: "an hour" }] },
  });
  expect(await post(story, `/api/alerts/${id}/notes`, { text: "missed it" })).toMatchObject({
    status: 200,
    body: { notes: [{ text: "an hour" }, { text: "missed it" }] },
  });
});

test("many at once are answered one by one", async () => {
  await using story = await Story.begin({ config: expecting });
  await story.at("0s").report(aSignal({ strength: 80 }));
  const [signal] = await story.at("1s").expect({ type: "SIGNAL" });
  const [silent] = await story.at("3m").expect(systemAlert("source-silent"));
  const ids = [signal?.id, silent?.id, "a99999", "s1"];
  const done = async (act: string) => {
    const { body } = await post(story, `/api/alerts/${act}`, { ids });
    return (body as { items: { outcome: string }[] }).items.map(({ outcome }) => outcome);
  };
  expect(await done("acknowledge")).toEqual(["done", "done", "unknown", "unknown"]);
  expect(await done("acknowledge")).toEqual(["already", "already", "unknown", "unknown"]);
  expect(await done("resolve")).toEqual(["expires", "done", "unknown", "unknown"]);
  expect(await done("unacknowledge")).toEqual(["done", "ended", "unknown", "unknown"]);
  const none = await post(story, "/api/alerts/acknowledge", { ids: [] });
  expect(none).toMatchObject({ status: 400 });
});

test("at the command line, through the daemon and without it", async () => {
  await using story = await Story.begin({ config: expecting });
  const { id } = await silentSource(story);
  const place = ["--data", story.daemon.data, "--config", `${story.folder}/virtuoso.config.ts`];
  const environment = { VIRTUOSO_AUTH: "off" };
  const taken = await virtuoso(["ack", id, ...place, "--note", "on it", "--for", "2h"], { environment });
  expect(taken).toMatchObject({ code: 0, err: "" });
  expect(taken.out).toContain("acknowledged");
  const { acknowledged, acts } = await story.get<AlertDetail>(`/api/alerts/${id}`);
  expect(acknowledged).toMatchObject({ note: "on it", until: "2026-03-02T14:03:00.000Z" });
  expect(acts).toMatchObject([{ act: "acknowledge", by: acknowledged?.by ?? "" }]);
  await story.stop();
  const back = await virtuoso(["unack", id, "a99999", ...place, "-o", "json"], { environment });
  expect(back.code).toBe(1);
  expect(back.err).toContain("no daemon runs");
  expect(JSON.parse(back.out)).toEqual([
    { id, outcome: "done" },
    { id: "a99999", outcome: "unknown" },
  ]);
  expect(await virtuoso(["resolve", id, ...place], { environment })).toMatchObject({ code: 0 });
  await expectReplayToAgree(story.daemon.data);
  await story.at("4m").start();
  expect(await story.get<object>(`/api/alerts/${id}`)).toMatchObject({ state: "resolved", end_reason: "by-hand" });
  await story.at("5m").expect();
}, 60_000);

test("what is resolved while no daemon runs is still owed where its beginning got out", async () => {
  const types: string[] = [];
  using hook = Bun.serve({
    port: 0,
    async fetch(request) {
      types.push(((await request.json()) as { type: string }).type);
      return new Response(null);
    },
  });
  const channels = `[{ kind: "webhook", name: "hook", url: "${hook.url.href}" }]`;
  await using story = await Story.begin({ config: expecting.replace("};", `, channels: ${channels} };`) });
  const { id } = await silentSource(story);
  await until("the raise", () => types.length === 1);
  await story.stop();
  const place = ["--data", story.daemon.data, "--config", `${story.folder}/virtuoso.config.ts`];
  expect(await virtuoso(["resolve", id, ...place], { environment: { VIRTUOSO_AUTH: "off" } })).toMatchObject({
    code: 0,
  });
  const owed = "SELECT channel, purpose FROM deliveries WHERE purpose = 'resolve'";
  expect(story.rows<object>(owed)).toEqual([{ channel: "hook", purpose: "resolve" }]);
  expect(types).toEqual(["alert.raised"]);
});

const match = [{ name: "symbol", op: "=~", value: "(SOL|BTC)USDT" }];

test("all that stand and match, by the API, the list and the command line", async () => {
  await using story = await Story.begin({ config: expecting });
  for (const symbol of ["BTCUSDT", "ETHUSDT", "SOLUSDT"])
    await story.at("0s").report(aSignal({ symbol, strength: 80 }));
  const raised = await story
    .at("3m")
    .expect({ symbol: "BTCUSDT" }, { symbol: "ETHUSDT" }, systemAlert("source-silent"));
  const idOf = (symbol: string | null) => raised.find((each) => each.symbol === symbol)?.id ?? "";
  const listed = async (query: string) =>
    (await story.get<{ items: AlertShape[] }>(`/api/alerts?${query}`)).items.map(({ id }) => id);
  expect(await listed("match=symbol=~(SOL|BTC)USDT&match=priority>=medium")).toEqual([idOf("BTCUSDT")]);
  expect(await listed("match=kind=state")).toEqual([idOf(null)]);
  expect(await listed("match=symbol!=BTCUSDT&limit=1")).toEqual([idOf(null)]);
  expect((await fetch(`${story.daemon.url}/api/alerts?match=colour=red`)).status).toBe(400);
  expect(await post(story, "/api/alerts/acknowledge", { match, since: "1h" })).toMatchObject({
    status: 200,
    body: { items: [{ id: idOf("BTCUSDT"), outcome: "done" }] },
  });
  for (const body of [{ match, ids: ["a1"] }, {}, { match: [] }, { match: [{ name: "rule", op: "=~", value: "(" }] }])
    expect(await post(story, "/api/alerts/acknowledge", body)).toMatchObject({ status: 400 });
  // What is taken already is not taken again.
  expect(await post(story, "/api/alerts/acknowledge", { match })).toMatchObject({ body: { items: [] } });
  const place = ["--data", story.daemon.data, "--config", `${story.folder}/virtuoso.config.ts`, "-o", "json"];
  const environment = { VIRTUOSO_AUTH: "off" };
  const resolved = await virtuoso(["resolve", "priority>=low", ...place], { environment });
  expect(JSON.parse(resolved.out)).toEqual([{ id: idOf(null), outcome: "done" }]);
  const shown = await virtuoso(["alerts", "--match", "symbol=eth/usdt", ...place], { environment });
  expect(JSON.parse(shown.out)).toMatchObject([{ id: idOf("ETHUSDT") }]);
  const remote = [
    "alerts",
    "--match",
    "kind=event",
    "--match",
    "symbol!=ETHUSDT",
    "--url",
    story.daemon.url,
    "-o",
    "ids",
  ];
  expect((await virtuoso(remote, { environment })).out.trim()).toBe(idOf("BTCUSDT"));
  await story.stop();
  const given = await virtuoso(["unack", "symbol=BTCUSDT", ...place], { environment });
  expect(JSON.parse(given.out)).toEqual([{ id: idOf("BTCUSDT"), outcome: "done" }]);
  expect(await virtuoso(["ack", "a1", "symbol=X", ...place], { environment })).toMatchObject({ code: 2 });
  expect(await virtuoso(["ack", "colour=red", ...place], { environment })).toMatchObject({ code: 2 });
}, 60_000);
