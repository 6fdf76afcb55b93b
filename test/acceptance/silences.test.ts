import { expect, test } from "bun:test";
import type { AlertShape } from "../../src/views/alerts";
import type { SilencePreview, SilenceShape } from "../../src/views/silences";
import { virtuoso } from "../commands/program";
import { until } from "../support/daemon";
import { expectReplayToAgree } from "../support/replayed";
import { aSignal } from "../support/reports";
import { framesOf } from "../support/socket";
import { decision, Story, systemAlert } from "../support/story";

/** Silences by the API, over the socket and at the command line, from the first to after their end. */

const expecting = `export default { sources: [{ kind: "reports", name: "reports", expectEvery: "2m" }], monitoring: { alert_cooldown: 10, max_alerts: 100 } };`;
const ofBtc = [{ name: "symbol", op: "=", value: "BTCUSDT" }];

async function send(story: Story, method: string, path: string, body: object = {}) {
  const response = await fetch(`${story.daemon.url}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(method === "DELETE" ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as SilenceShape & { code?: string } };
}

const active = async (story: Story) => (await story.get<{ items: SilenceShape[] }>("/api/silences")).items;

const frames = (story: Story) =>
  framesOf(story.frames, "silences_changed").flatMap(({ silences }) =>
    silences.map(({ id, state, end_reason: reason }) => [id, state, reason]),
  );

test("a silence is made, hides, announces its end and ends; a restart keeps all of it", async () => {
  await using story = await Story.begin();
  await story.at("0s").expect();
  const made = await send(story, "POST", "/api/silences", { match: ofBtc, for: "1h", comment: "only noise" });
  expect(made).toMatchObject({
    status: 201,
    body: {
      state: "active",
      match: ofBtc,
      words: "symbol=BTCUSDT",
      comment: "only noise",
      by: "owner",
      ends_at: "2026-03-02T13:00:00.000Z",
      include_high: false,
      hidden: 0,
    },
  });
  const { id } = made.body;
  await story.at("1m").report(aSignal({ strength: 80 }));
  await story.at("1m").expectDecisions(decision("silenced"));
  await story.at("2m").restart();
  await story.at("3m").report(aSignal({ strength: 95, name: "next.json" }));
  await story.at("3m").expect({ symbol: "BTCUSDT", priority: "high" });
  expect(await active(story)).toMatchObject([
    { id, hidden: 1, hidden_high: 0, last_hid_at: "2026-03-02T12:01:00.000Z" },
  ]);
  const [warning] = await story.at("50m").expect(systemAlert("silence-ending", { kind: "event" }));
  expect(warning?.message).toBe("The silence of symbol=BTCUSDT ends in 10 min; it has hidden 1 alert");
  await story.at("1h").expect();
  expect(await active(story)).toEqual([]);
  expect((await story.get<{ items: object[] }>("/api/silences?state=ended")).items).toMatchObject([
    { id, state: "ended", end_reason: "time", ended_at: "2026-03-02T13:00:00.000Z" },
  ]);
  await until("both frames", () => frames(story).length === 2);
  expect(frames(story)).toEqual([
    [id, "active", null],
    [id, "ended", "time"],
  ]);
  await story.stop();
  await expectReplayToAgree(story.daemon.data);
});

test("a silence until a calendar opens ends with its next opening, and an unknown one is named", async () => {
  await using story = await Story.begin({
    config: `export default { calendars: {
      nse: { kind: "exchange", exchange: "XNSE" },
      done: [{ from: "2026-03-01T00:00:00Z", to: "2026-03-01T01:00:00Z", why: "a new disk" }],
    } };`,
  });
  // Noon of Monday in London is after Monday's close in Bombay, and Tuesday is Holi.
  const made = await send(story, "POST", "/api/silences", { match: ofBtc, until: "opens:nse" });
  expect(made).toMatchObject({ status: 201, body: { ends_at: "2026-03-04T03:45:00.000Z" } });
  for (const [name, said] of [
    ["night", "there is no calendar night: expected one of nse, done"],
    ["done", "the calendar done has no opening in sight"],
  ] as const)
    expect(await send(story, "POST", "/api/silences", { match: ofBtc, until: `opens:${name}` })).toMatchObject({
      status: 400,
      body: { code: "validation", errors: [{ path: "until", message: said }] },
    });
});

test("resolved goes out although silenced, and ends what was silent until then", async () => {
  await using story = await Story.begin({ config: expecting });
  await story.at("0s").report(aSignal({ strength: 50 }));
  const [silent] = await story.at("3m").expect(systemAlert("source-silent"));
  const made = await send(story, "POST", "/api/silences", { alert: silent?.id, until: "resolved", include_high: true });
  expect(made).toMatchObject({
    status: 201,
    body: { words: "rule=source-silent source=reports", ends_at: null, until_alert: silent?.id },
  });
  await story.at("30m").report(aSignal({ strength: 51 }));
  await until("the frame", () => framesOf(story.frames, "alert_changed").length === 1);
  expect(framesOf(story.frames, "alert_changed")).toMatchObject([{ alert: { id: silent?.id, state: "resolved" } }]);
  expect(await story.get<object>("/api/silences?state=all")).toMatchObject({ items: [{ end_reason: "resolved" }] });
  await story.at("33m").expect(systemAlert("source-silent"));
  await story.stop();
  await expectReplayToAgree(story.daemon.data);
});

async function traffic(story: Story, from: number): Promise<void> {
  for (let minute = from; minute < from + 30; minute += 3)
    await story
      .at(`${minute}m`)
      .report(
        aSignal({ symbol: "BTCUSDT", strength: minute % 2 === 0 ? 90 : 80, name: `${minute}.json` }),
        aSignal({ symbol: "ETHUSDT", strength: 80, name: `eth-${minute}.json` }),
      );
}

test("a silence's preview equals what it then hides", async () => {
  await using story = await Story.begin({ config: expecting });
  await traffic(story, 0);
  const preview = async (body: object) =>
    (await (await story.post("/api/silences/preview", body)).json()) as SilencePreview;
  const seen = await preview({ match: ofBtc });
  const all = await preview({ match: ofBtc, include_high: true });
  expect(seen).toMatchObject({ complete: true, hidden: 5, hidden_high: 0 });
  expect(seen.high_left).toBeGreaterThan(0);
  expect(all).toMatchObject({ hidden: 10, hidden_high: 5, high_left: 0 });
  expect(all.words).toBe("symbol=BTCUSDT would have hidden 10 in 7 days, 5 high");
  for (const [include_high, expected] of [
    [false, seen],
    [true, all],
  ] as const) {
    await using next = await Story.begin({ config: expecting });
    const made = await send(next, "POST", "/api/silences", { match: ofBtc, for: "3h", include_high });
    await traffic(next, 0);
    const [silence] = await active(next);
    expect(made.status).toBe(201);
    expect([silence?.hidden, silence?.hidden_high]).toEqual([expected.hidden, expected.hidden_high]);
  }
}, 60_000);

test("is changed and ended, and refused by its code where it has no meaning", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ strength: 80 }));
  await story.at("1s").expect({ symbol: "BTCUSDT" });
  const path = "/api/silences";
  const until = "resolved";
  for (const body of [
    {},
    { match: [] },
    { match: ofBtc, for: "1h", until: "2026-03-02T14:00:00Z" },
    { match: ofBtc, until: "2026-03-01T14:00:00Z" },
    { match: ofBtc, until: "soon" },
    { match: ofBtc, until: "opens:night" },
    { match: [{ name: "symbol", op: "=", value: "ETHUSDT" }], until },
    { alert: "a99999", until },
    { match: ofBtc, more: true },
  ])
    expect({ given: body, ...(await send(story, "POST", path, body)) }).toMatchObject({
      body: { code: "validation" },
      status: 400,
    });
  // The match is of one that stands.
  const { body: one } = await send(story, "POST", path, { match: ofBtc, until });
  expect(one).toMatchObject({ until_alert: expect.stringMatching(/^a\d+$/) as string, ends_at: null });
  expect(await send(story, "PATCH", `${path}/${one.id}`, { for: "2h", comment: "longer" })).toMatchObject({
    status: 200,
    body: { id: one.id, match: ofBtc, comment: "longer", until_alert: null, ends_at: "2026-03-02T14:00:01.000Z" },
  });
  expect(await send(story, "PATCH", `${path}/${one.id}`, { include_high: true })).toMatchObject({
    body: { comment: "longer", include_high: true, ends_at: "2026-03-02T14:00:01.000Z" },
  });
  expect(await send(story, "DELETE", `${path}/${one.id}`)).toMatchObject({
    status: 200,
    body: { end_reason: "by-hand" },
  });
  for (const method of ["PATCH", "DELETE"])
    expect(await send(story, method, `${path}/${one.id}`)).toMatchObject({
      status: 409,
      body: { code: "silence-ended" },
    });
  for (const id of ["q99999", "a1", "nothing"])
    expect(await send(story, "DELETE", `${path}/${id}`)).toMatchObject({ status: 404 });
  const metrics = await (await fetch(`${story.daemon.url}/metrics`)).text();
  expect(metrics).toContain("virtuoso_silences_active 0");
  await send(story, "POST", path, { match: ofBtc });
  expect(await (await fetch(`${story.daemon.url}/metrics`)).text()).toContain("virtuoso_silences_active 1");
});

test("at the command line, through the daemon and without it", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ strength: 80 }));
  const [raised] = (await story.at("1s").expect({ symbol: "BTCUSDT" })) as [AlertShape];
  const place = ["--data", story.daemon.data];
  const run = async (...words: string[]) =>
    await virtuoso(["silence", ...words, ...place], { environment: { VIRTUOSO_AUTH: "off" } });
  const made = await run("add", "symbol=btc/usdt", "--for", "2h", "--comment", "noise", "-o", "json");
  expect(made).toMatchObject({ code: 0, err: "" });
  const [silence] = JSON.parse(made.out) as SilenceShape[];
  expect(silence).toMatchObject({ words: "symbol=BTCUSDT", comment: "noise", ends_at: "2026-03-02T14:00:01.000Z" });
  expect((await run("list")).out).toContain("symbol=BTCUSDT");
  const preview = await run("preview", "symbol=BTCUSDT", "-o", "json");
  expect(JSON.parse(preview.out)).toMatchObject({ complete: true });
  expect(await run("add", "colour=red")).toMatchObject({ code: 2 });
  expect(await run("add")).toMatchObject({ code: 1 });
  await story.stop();
  const ended = await run("expire", silence?.id ?? "", "-o", "json");
  expect(JSON.parse(ended.out)).toMatchObject([{ id: silence?.id, state: "ended", end_reason: "by-hand" }]);
  expect(await run("expire", silence?.id ?? "")).toMatchObject({
    code: 1,
    err: expect.stringContaining("has ended") as string,
  });
  expect(await run("add", "--alert", raised.id, "--until", "resolved", "-o", "ids")).toMatchObject({ code: 0 });
  expect(await run("add", "-o", "ids")).toMatchObject({ code: 1, err: expect.stringContaining("matchers") as string });
  await expectReplayToAgree(story.daemon.data);
  await story.at("4m").start();
  expect(await active(story)).toMatchObject([{ until_alert: raised.id }]);
}, 60_000);
