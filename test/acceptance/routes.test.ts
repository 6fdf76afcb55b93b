import { expect, test } from "bun:test";
import { until } from "../support/daemon";
import { aHook, aPhone, type PhoneMessage, type Receiver } from "../support/receivers";
import { aSignal } from "../support/reports";
import { Story } from "../support/story";
import type { RoutesShape } from "../../src/views/routes";

const silentAfter10m =
  'sources: [reports({ expectEvery: "10m" })], monitoring: { max_alerts: 100, alert_cooldown: 0 },';

function begin(receivers: readonly Pick<Receiver<unknown>, "channel">[], more: string): Promise<Story> {
  const channels = receivers.map(({ channel }) => channel).join(", ");
  return Story.begin({
    config: `import { defineConfig, hours, ntfy, reports, webhook } from "virtuoso";
      export default defineConfig({ channels: [${channels}], ${more} });`,
  });
}

const titles = ({ messages }: Receiver<PhoneMessage>) => messages.map(({ title, message }) => title || message);
const states = (story: Story) =>
  story.rows<{ row: string }>("SELECT channel || ' ' || purpose || ' ' || state AS row FROM deliveries ORDER BY seq");
const rows = (story: Story) => states(story).map(({ row }) => row);

test("it escalates to more people and reminds, until someone has it", async () => {
  await using phone = await aPhone();
  await using second = await aPhone("second");
  await using third = await aPhone("third");
  const steps = `steps: [{ to: ["phone"] }, { after: "5m", to: ["second"], unless: "acknowledged" },
    { after: "2h", to: ["third"], unless: "acknowledged" }]`;
  await using story = await begin(
    [phone, second, third],
    `${silentAfter10m} routes: [{ name: "desk", group: "0s", ${steps}, repeat: { every: "1h", max: 6 } }]`,
  );
  await story.at("0s").report(aSignal({ strength: 60 }));
  const [alert] = await story.at("12m").expect({ rule: "source-silent" });
  await until("the raise and its mark", () => rows(story).includes("phone remind due"));
  const what = "reports: no report for 12 min, expected every 10 min";
  story.at("17m");
  await until("the escalation and its mark", () => rows(story).includes("second remind due"));
  story.at("72m");
  await until("the reminder", () => phone.messages.length === 2);
  expect(titles(phone)).toEqual([what, `Still open after 1 h: ${what}`]);
  expect(titles(second)).toEqual([`Not acknowledged for 5 min: ${what}`]);
  await until("its mark", () => rows(story).filter((row) => row === "phone remind due").length === 1);
  await story.post(`/api/alerts/${alert?.id}/acknowledge`, { for: "30m" });
  expect(rows(story).filter((row) => /(?:remind|escalate) due$/.test(row))).toEqual([]);
  expect(rows(story)).toContain("third escalate withdrawn");
  // The acknowledgement ends, and it goes on.
  story.at("103m");
  await until(
    "the next reminder to be owed",
    () => rows(story).filter((row) => row.endsWith("remind due")).length === 2,
  );
  expect(third.messages).toEqual([]);
});

test("quiet hours fold what is not high, a budget leaves the rest to the digest, and the digest says all of it", async () => {
  await using phone = await aPhone();
  await using hook = await aHook();
  await using story = await begin(
    [phone, hook],
    `monitoring: { max_alerts: 100, alert_cooldown: 0 }, calendars: { lunch: hours("12:00-12:30", "UTC") }, routes: [{
      name: "desk", steps: [{ to: ["phone", "hook"] }], group: "0s", quiet: "lunch", budget: { perDay: 3 }, digest: "14:00" }]`,
  );
  const report = async (at: string, symbol: string, strength: number) => {
    await story.at(at).report(aSignal({ symbol, strength }));
    const said = () => rows(story).filter((row) => row.startsWith("hook"));
    await until("the hook", () => said().every((row) => row.endsWith("sent")));
  };
  await report("0m", "AUSDT", 80);
  await report("1m", "BUSDT", 80);
  await report("2m", "CUSDT", 95);
  await until("high in quiet hours", () => phone.messages.length === 1);
  story.at("30m");
  await until("their end", () => phone.messages.length === 2);
  await report("31m", "DUSDT", 80);
  await until("the last of the budget", () => phone.messages.length === 3);
  await report("32m", "EUSDT", 80);
  await report("33m", "FUSDT", 95);
  await until("high beyond the budget", () => phone.messages.length === 4);
  expect(titles(phone).map((title) => /[A-Z]USDT/.exec(title)?.[0])).toEqual(["CUSDT", "BUSDT", "DUSDT", "FUSDT"]);
  expect(phone.messages[1]?.message).toContain("waited with it: 1 alert\n- medium: AUSDT");
  expect(phone.messages[2]?.message).toContain("3 of 3 messages of today are sent: low and medium alerts now wait");
  story.at("2h");
  await until("the digest", () => phone.messages.length === 5);
  expect(titles(phone).at(-1)).toBe("Digest: 6 alerts in 24 h, 0 held back");
  expect(phone.messages.at(-1)?.message).toMatch(/raised: 2 high, 4 medium\nsent here: 4 messages\n- medium: EUSDT.*$/);
  expect(hook.messages).toHaveLength(6);
});

test("a start by a route that names a channel that is not there is refused", async () => {
  await using phone = await aPhone();
  const started = begin([phone], 'routes: [{ name: "desk", steps: [{ to: ["fax"] }] }]');
  expect(started).rejects.toThrow("the route desk names the channel fax: expected one of phone");
  await started.catch(() => undefined);
});

test("routes are set at run time, tried on the past, and hold from then on", async () => {
  await using phone = await aPhone();
  await using story = await begin(
    [phone],
    `monitoring: { max_alerts: 100 }, calendars: { night: hours("22:00-07:00", "UTC") },`,
  );
  const given = await story.get<RoutesShape>("/api/routes");
  expect(given).toMatchObject({ items: [], origin: "default" });
  await story.at("0s").report(aSignal({ symbol: "AUSDT", strength: 95 }), aSignal({ symbol: "BUSDT", strength: 60 }));
  await story.at("1h").report(aSignal({ symbol: "CUSDT", strength: 80 }), aSignal({ symbol: "DUSDT", strength: 80 }));
  const high = {
    name: "urgent",
    match: [{ name: "priority", op: "=", value: "high" }],
    steps: [{ after: "2m", to: ["phone"] }],
  };
  const tried = async (body: object) => (await story.post("/api/routes/preview", body)).json();
  expect(await tried({})).toMatchObject({
    alerts: 3,
    unrouted: 0,
    days: [{ day: "2026-03-02", route: "default", sent: 2, at_night: 0, folded: 1 }],
  });
  expect(await tried({ routes: [high] })).toMatchObject({
    alerts: 3,
    unrouted: 2,
    days: [{ route: "urgent", sent: 1 }],
  });
  const put = (routes: unknown) =>
    fetch(`${story.daemon.url}/api/routes`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ routes }),
    });
  expect((await put([{ ...high, steps: [{ to: ["fax"] }] }])).status).toBe(400);
  expect((await put([{ ...high, quiet: "nap" }])).status).toBe(400);
  const written = { ...high, group: "5m", quiet: "night", digest: "08:30", budget: { perDay: 9 }, stop: true };
  expect(await (await put([{ ...written, repeat: { every: "90s", max: 2 } }])).json()).toEqual({
    items: [{ ...written, repeat: { every: "90s", max: 2 } }],
    next_cursor: null,
    origin: "runtime",
  });
  const before = rows(story).length;
  await story.at("2h").report(aSignal({ symbol: "EUSDT", strength: 80 }), aSignal({ symbol: "FUSDT", strength: 95 }));
  await until("what is owed", () => rows(story).length > before);
  const owed = story.rows("SELECT route, purpose FROM deliveries ORDER BY seq").slice(before);
  expect(owed).toEqual([
    { route: "urgent", purpose: "raise" },
    { route: "urgent", purpose: "digest" },
  ]);
  expect(await (await put(null)).json()).toMatchObject({ items: [], origin: "default" });
});
