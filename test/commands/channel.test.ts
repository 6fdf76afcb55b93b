import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import type { ChannelShape, ChannelTested } from "../../src/views/channels";
import type { DeliveryShape } from "../../src/views/deliveries";
import type { ListOf } from "../../src/views/page";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";
import { aSignal } from "../support/reports";
import { virtuoso, virtuosoOnTerminal } from "./program";

setDefaultTimeout(60_000);

const secret = `whsec_${Buffer.from("a secret of thirty bytes, just").toString("base64")}`;
let status = 200;
const signed: boolean[] = [];
const hook = Bun.serve({
  port: 0,
  fetch({ headers }) {
    signed.push(headers.has("webhook-signature"));
    return new Response(null, { status });
  },
});

let desk: TestDaemon;
beforeAll(async () => void (desk = await startTestDaemon()));
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await hook.stop(true);
});

const run = (words: string, stdin = "") => virtuoso([...words.split(" "), "--data", desk.data], { stdin });
const url = hook.url.href;

test("a channel is added with its secret from stdin, tested, listed at 60 columns and removed", async () => {
  const added = await run(`channel add hook webhook --set url=${url} --give-up 2h`, `secret=${secret}\n`);
  expect([added.err, added.code]).toEqual([expect.stringContaining("channel test hook"), 0]);
  const tested = await run("channel test hook -o json");
  expect(JSON.parse(tested.out) as ChannelTested).toMatchObject({ outcome: "accepted", delivery: { state: "sent" } });
  expect(signed).toEqual([true]);
  const [channel] = JSON.parse((await run("channel list -o json")).out) as ChannelShape[];
  expect(channel).toMatchObject({ name: "hook", give_up_seconds: 7200, secrets: ["secret"], origin: "runtime" });
  const table = Bun.stripANSI(await virtuosoOnTerminal(["channel", "--data", desk.data], 60));
  expect(table).toContain("hook");
  for (const line of table.split("\r\n")) expect(Bun.stringWidth(line)).toBeLessThanOrEqual(60);
  status = 410;
  const broken = await run("channel test hook");
  expect([broken.code, broken.err]).toEqual([1, expect.stringContaining("410")]);
  status = 200;
  expect((await run("channel remove hook")).code).toBe(0);
  expect((await run("channel -o ids")).out).toBe("");
});

test("an address will do, and - reads it from stdin", async () => {
  expect((await run(`channel add one json://${hook.url.host}/`)).code).toBe(0);
  expect((await run("channel add two -", `json://ada:password@${hook.url.host}/\n`)).code).toBe(0);
  expect((await run("channel list -o ids")).out).toBe("one\ntwo\n");
  for (const name of ["one", "two"]) await run(`channel remove ${name}`);
});

test("one value of a setting that has several is set by its name", async () => {
  const words =
    "channel add phone telegram --set chat=-100 --set users.4711=anna --set users.4712=ben --set commands=false";
  const added = await run(words, "token=123456789:AAEhBOweik6ad9r_-QRaQDTzYvGEj5bM3w0\n");
  expect([added.code, added.err]).toEqual([0, expect.stringContaining("channel test phone")]);
  const [channel] = JSON.parse((await run("channel list -o json")).out) as ChannelShape[];
  expect(channel?.settings).toMatchObject({ users: { 4711: "anna", 4712: "ben" }, commands: false });
  expect((await run("channel remove phone")).code).toBe(0);
});

test("what has no meaning is said, and no secret is taken from the command line", async () => {
  const wrong: [string, number, string][] = [
    ["channel add mail email --set smtp=smtps://ada:pass@mail.example.org", 2, "read from stdin as smtp=VALUE"],
    [`channel add hook webhook --set secret=${secret}`, 2, "read from stdin as secret=VALUE"],
    ["channel add hook pigeon", 2, "webhook"],
    ["channel add hook webhook --set colour=red", 2, "url="],
    ["channel add hook webhook", 1, "url"],
    ["channel add HOOK ntfys://topic", 1, "lower-case"],
    ["channel test none", 1, "none"],
    ["channel remove none", 1, "none"],
    ["deliveries retry n1-00000000", 1, "n1-00000000"],
  ];
  for (const [words, code, says] of wrong) {
    const answer = await run(words);
    expect([words, answer.code, answer.err]).toEqual([words, code, expect.stringContaining(says)]);
    expect(answer.err).not.toContain(secret);
  }
});

test("a delivery that failed is tried again, and what is due is taken back; nothing else is", async () => {
  await run(`channel add hook webhook --set url=${url}`);
  status = 400;
  desk.drop("a.json", aSignal({ strength: 95 }).body(Date.now()));
  const about = (state: string) => desk.get<ListOf<DeliveryShape>>(`/api/deliveries?state=${state}&purpose=raise`);
  const id = (await until("it failed", async () => (await about("failed")).items[0])).id;
  status = 200;
  const before = Date.now();
  const retried = JSON.parse((await run(`deliveries retry ${id} -o json`)).out) as DeliveryShape[];
  expect(retried).toMatchObject([{ id, state: "due" }]);
  // How long it was tried before does not count: it would be given up at once.
  expect(Date.parse(retried[0]?.created_at ?? "")).toBeGreaterThanOrEqual(before);
  await until("it is sent", async () => (await about("sent")).items[0]?.id === id);
  const post = async (act: string) =>
    (
      await fetch(`${desk.url}/api/deliveries/${id}/${act}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      })
    ).status;
  expect([await post("retry"), await post("withdraw")]).toEqual([409, 409]);
  status = 500;
  desk.drop("b.json", aSignal({ symbol: "ETHUSDT", strength: 95 }).body(Date.now()));
  const due = await until("it is due again", async () => (await about("due")).items[0]);
  const withdrawn = await fetch(`${desk.url}/api/deliveries/${due.id}/withdraw`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  expect(await withdrawn.json()).toMatchObject({ id: due.id, state: "withdrawn" });
  const { items } = await desk.get<ListOf<{ what: string; subject: string }>>("/api/audit");
  expect(items.map(({ what, subject }) => [what, subject])).toEqual(
    expect.arrayContaining([
      ["delivery.retried", id],
      ["delivery.withdrawn", due.id],
    ]),
  );
  await run("channel test hook");
  const [tested] = (await desk.get<ListOf<DeliveryShape>>("/api/deliveries?purpose=test&state=failed")).items;
  expect((await run(`deliveries retry ${tested?.id}`)).err).toContain("a test is sent once");
  await run("channel remove hook");
  const gone = await run(`deliveries retry ${due.id}`);
  expect([gone.code, gone.err]).toEqual([1, expect.stringContaining("no more")]);
});

test("with the daemon down channels are listed, added and removed all the same", async () => {
  await desk.stop();
  const added = await run("channel add phone ntfys://a-topic-of-ours");
  expect([added.err, added.code]).toEqual([expect.stringContaining("no daemon runs"), 0]);
  expect(JSON.parse((await run("channel list -o json")).out)).toMatchObject([
    { name: "phone", kind: "ntfy", state: "up", secrets: ["topic"] },
  ]);
  expect((await run("channel add phone ntfys://other")).err).toContain("already");
  expect((await run("channel test phone")).code).toBe(3);
  const [failed] = JSON.parse((await run("deliveries -o json --purpose raise")).out) as DeliveryShape[];
  expect((await run(`deliveries retry ${failed?.id} -o json`)).code).toBe(0);
  await run("channel remove phone");
  expect((await run("channel list -o ids")).out).toBe("");
});
