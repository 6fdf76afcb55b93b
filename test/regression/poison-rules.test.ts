import { afterEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError, loadConfig } from "../../src/config";
import { settingsOf } from "../../src/config/effective";
import type { RuleAnswers } from "../../src/core/decide/rules/rule-answer";
import type { Settings } from "../../src/core/settings";
import { ruleInputOf } from "../../src/rules/rule-input";
import { UserRules } from "../../src/rules/user-rules";
import { signalOf, reportOf } from "../support/observations";
import type { ListOf } from "../../src/views/page";
import type { AlertShape } from "../../src/views/alerts";
import { Running } from "../commands/running";
import { until } from "../support/daemon";
import { aSignal } from "../support/reports";

const stack: (() => void)[] = [];
afterEach(() => stack.splice(0).forEach((undo) => undo()));

interface Asked {
  readonly rules: UserRules;
  /** Shows the rules one report, or one of so many signals. */
  readonly ask: (signals?: number, bytes?: Uint8Array | null) => RuleAnswers;
  readonly troubles: string[];
  readonly settings: Settings;
  /** Rules that were said to be slow. */
  readonly slow: string[];
  /** Takes the config over once more, as a reload does. */
  readonly takeOver: () => Promise<void>;
  /** Lets time go by for rules that are set aside, ms. */
  readonly wait: (ms: number) => void;
  readonly folder: string;
}

/** The rules of a config that stands anywhere, on their worker. */
async function asking(
  rules: string,
  files: Readonly<Record<string, string>> = {},
  elapsed = () => performance.now(),
): Promise<Asked> {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-rules-"));
  const path = join(folder, "virtuoso.config.ts");
  writeFileSync(
    path,
    `import { defineConfig, rule } from "virtuoso";\n${files["head"] ?? ""}\nexport default defineConfig({ rules: [${rules}] });`,
  );
  for (const [name, text] of Object.entries(files)) if (name !== "head") writeFileSync(join(folder, name), text);
  const config = await loadConfig({ config: path, data: folder }, {});
  const settings = settingsOf(config.file, {}, config.readSources);
  const troubles: string[] = [];
  const slow: string[] = [];
  let added = 0;
  const userRules = new UserRules(() => elapsed() + added, {
    troubled: (why) => void troubles.push(why),
    slow: (rule) => void slow.push(rule),
  });
  stack.push(
    () => userRules[Symbol.dispose](),
    () => rmSync(folder, { recursive: true, force: true }),
  );
  const takeOver = async () => (await userRules.prepare(config)).take();
  await takeOver();
  return {
    rules: userRules,
    settings,
    troubles,
    slow,
    takeOver,
    folder,
    wait: (ms) => (added += ms),
    ask(count = 1, bytes = null) {
      const signals = Array.from({ length: count }, (_, index) => signalOf({ symbol: `S${index}USDT`, observedAt: 0 }));
      const input = ruleInputOf(reportOf({ signals, receivedAt: 0 }), bytes);
      if (!input) throw new Error("there is nothing to ask about");
      const [asked] = userRules.run([input], settings);
      if (!asked) throw new Error("no rule was asked");
      return asked;
    },
  };
}

const sound = `rule("sound", ({ signal }) => ({ message: "seen " + signal.symbol }))`;
const answer = { rule: "sound", item: 0, alert: { message: "seen S0USDT" } };

test.each([
  ["throws", `() => { throw new Error("no such thing"); }`, "threw", "it threw: no such thing"],
  [
    "throws what cannot be described",
    `() => { throw { toString() { throw new Error("again"); } }; }`,
    "threw",
    "it threw: something that cannot be described",
  ],
  [
    "throws an error whose message throws",
    `() => { throw Object.defineProperty(new Error(), "message", { get() { throw 1; } }); }`,
    "threw",
    "it threw: something that cannot be described",
  ],
  [
    "answers with a throwing getter",
    `() => ({ get message() { throw new Error("got you"); } })`,
    "threw",
    "it threw: got you",
  ],
  [
    "answers with a Proxy that throws",
    `() => new Proxy({}, { ownKeys() { throw new Error("no keys"); }, get() { throw new Error("no ` +
      `value"); }, has() { throw new Error("has not"); } })`,
    "threw",
    "it threw: has not",
  ],
  [
    "answers with a circle",
    `() => { const a = { message: "x", details: {} }; a.details.a = a; return a; }`,
    "not-an-alert",
    "its answer is not an alert: details.a",
  ],
  [
    "answers with far too much",
    `() => ({ message: "x", details: Object.fromEntries(Array.from({ length: 5000 }, (_, index) => ["k" + index, "v".repeat(100)])) })`,
    "not-an-alert",
    "KB, at most 16",
  ],
  [
    "answers with a message without end",
    `() => ({ message: "x".repeat(1e7) })`,
    "not-an-alert",
    "its answer is not an alert: message",
  ],
  [
    "answers with a promise that fails",
    `async () => { throw new Error("later"); }`,
    "promise",
    "a rule must answer at once",
  ],
  ["answers with a poisoned promise", `() => ({ get then() { throw new Error("then"); } })`, "threw", "it threw: then"],
  ["ends the process", `() => process.exit(3)`, "threw", "it threw: process.exit is not for a rule"],
  [
    "kills the process",
    `() => process.kill(process.pid, "SIGKILL")`,
    "threw",
    "it threw: process.kill is not for a rule",
  ],
  [
    "overflows the stack",
    `function again() { return again() + 1; }`,
    "threw",
    "it threw: Maximum call stack size exceeded",
  ],
  ["writes to what it is shown", `(observation) => { observation.signal.symbol = "FAKE"; }`, "threw", "it threw:"],
])("a rule that %s is a fault, and the next one still answers", async (_what, judge, kind, said) => {
  const { ask } = await asking(`rule("poison", ${judge}), ${sound}`);
  for (let time = 0; time < 2; time++) {
    const { asked, answers } = ask();
    expect(asked).toEqual(["poison", "sound"]);
    expect(answers).toMatchObject([{ rule: "poison", item: 0, fault: { kind } }, answer]);
    expect(answers[0]?.fault?.message).toContain(said);
  }
});

test.each([
  [
    "100 reports",
    250,
    null,
    [...Array<number>(100).fill(1), ...Array<number>(100).fill(2), ...Array<number>(50).fill(3)],
  ],
  ["4 MB of reports", 5, new Uint8Array(1024 * 1024), [1, 1, 1, 1, 2]],
] as const)("rules are shown %s at a time: each round has its own deadline", async (_what, count, bytes, expected) => {
  const { rules, settings } = await asking("counter", {
    head:
      `let round = 0, asked = false;\nconst counter = rule("counter", () => { if (!asked) { asked = true; ` +
      "round++; queueMicrotask(() => { asked = false; }); } return { message: String(round) }; });",
  });
  const inputs = Array.from(
    { length: count },
    () =>
      ruleInputOf(reportOf({ signals: [signalOf({ observedAt: 0 })], receivedAt: 0 }), bytes) ?? expect.unreachable(),
  );
  expect(rules.run(inputs, settings).map((asked) => Number(asked?.answers[0]?.alert?.message))).toEqual([...expected]);
});

test("a rule in an endless loop is ended, set aside and asked again later; what the others say is kept whole", async () => {
  const { ask, wait, rules } = await asking(
    `rule("first", () => ({ message: "first" })), rule("loop", ({ signal }) => { if (signal.symbol === ` +
      `"S1USDT") for (;;); return { message: "not yet" }; }), ${sound}`,
  );
  const { asked, answers } = ask(3);
  expect(asked).toEqual(["first", "loop", "sound"]);
  expect(answers.filter(({ rule }) => rule === "first")).toHaveLength(3);
  expect(answers.filter(({ rule }) => rule === "sound")).toHaveLength(3);
  expect(answers.filter(({ rule }) => rule === "loop")).toEqual([
    { rule: "loop", item: 0, alert: { message: "not yet" } },
    {
      rule: "loop",
      item: 1,
      fault: {
        kind: "no-answer",
        message: "it did not answer within 1 s; it is run again in 60 s, or once the config changes",
      },
    },
  ]);
  expect(rules.status.rules.map(({ setAside }) => setAside?.why ?? null)).toEqual([
    null,
    "it did not answer in time",
    null,
  ]);
  expect(ask().asked).toEqual(["first", "sound"]);
  wait(61_000);
  expect(ask().asked).toEqual(["first", "loop", "sound"]);
  expect(ask(2).answers.find(({ rule, fault }) => rule === "loop" && fault)?.fault?.message).toContain(
    "run again in 4 min",
  );
  wait(61_000);
  expect(ask().asked).toEqual(["first", "sound"]);
}, 20_000);

test("time in which the whole process was put to sleep is not held against a rule", async () => {
  let slept = 0;
  const { ask } = await asking(
    `rule("quick", () => { const end = performance.now() + 300; while (performance.now() < end); return { message: "awake" }; })`,
    {},
    () => performance.now() + (slept += 5000),
  );
  expect(ask().answers).toEqual([{ rule: "quick", item: 0, alert: { message: "awake" } }]);
});

test("however much is said at once is kept whole", async () => {
  const { ask } = await asking(
    `rule("talker", ({ signal }) => ({ message: signal.symbol + " " + "x".repeat(480), details: ` +
      `Object.fromEntries(Array.from({ length: 24 }, (_, index) => ["k" + index, "v".repeat(480)])) }))`,
  );
  const { answers } = ask(400);
  expect(answers.map(({ item, alert }) => [item, alert?.message.split(" ")[0]])).toEqual(
    Array.from({ length: 400 }, (_, index) => [index, `S${index}USDT`]),
  );
}, 20_000);

test("a rule whose promises never end is the one that is ended", async () => {
  const { ask } = await asking(
    `rule("chain", () => { const next = () => Promise.resolve().then(next); next(); }), ${sound}`,
  );
  const { answers } = ask();
  expect(answers).toMatchObject([{ rule: "chain", fault: { kind: "no-answer" } }, answer]);
});

test(
  "a rule that is only slow is stopped without ending the others, set aside, said to be slow once, and " +
    "asked again after a reload",
  async () => {
    const { ask, rules, slow, takeOver, wait } = await asking(
      `rule("slow", () => { const end = performance.now() + 60; while (performance.now() < end); }), ${sound}`,
    );
    const { answers } = ask(100);
    expect(answers[0]).toMatchObject({ rule: "slow", fault: { kind: "too-slow" } });
    expect(answers.slice(1)).toHaveLength(100);
    expect(rules.status.rules.map(({ setAside }) => setAside?.why ?? null)).toEqual(["it took too long", null]);
    expect(ask().asked).toEqual(["sound"]);
    wait(61_000);
    expect(ask().asked).toEqual(["slow", "sound"]);
    ask(100);
    expect(ask().asked).toEqual(["sound"]);
    // It was slow three times; a machine that does something else may make it twice as slow, which is said again.
    const said = slow.length;
    expect(said).toBeLessThan(3);
    await takeOver();
    expect(ask().asked).toEqual(["slow", "sound"]);
    expect(slow.length).toBe(said + 1);
  },
);

test("what a rule leaves behind is an alert, with the rule's name where it can be known, and ends nothing", async () => {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-rules-"));
  stack.push(() => rmSync(folder, { recursive: true, force: true }));
  const left =
    `rule("timer", () => { setTimeout(() => { throw new Error("tick"); }, 1); }), rule("micro", () => { ` +
    `queueMicrotask(() => { throw new Error("at once"); }); }), rule("promise", () => { void ` +
    `Promise.reject(new Error("late")); })`;
  writeFileSync(
    join(folder, "virtuoso.config.ts"),
    `import { defineConfig, rule } from "virtuoso";\nexport default defineConfig({ rules: [${left}, ${sound}] });`,
  );
  mkdirSync(join(folder, "reports"));
  // The test runner takes what a worker leaves unhandled for itself: this needs the program as it runs.
  await using running = new Running(["serve", "--port", "0", "--data", "data", "--reports", "reports"], folder);
  const [url = ""] = await running.says(/http:\/\/127\.0\.0\.1:\d+/);
  const { body } = aSignal({ symbol: "S0USDT", strength: 50 });
  writeFileSync(join(folder, "reports", "one.json"), JSON.stringify(body(Date.now())));
  const messages = async () =>
    ((await (await fetch(`${url}/api/alerts`)).json()) as ListOf<AlertShape>).items.map(({ message }) => message);
  await until("all to be published", async () => (await messages()).length >= 4);
  expect((await messages()).toSorted()).toEqual([
    "A timer or promise of one of your rules failed and was not handled: late",
    "A timer or promise of the rule micro failed and was not handled: at once",
    "A timer or promise of the rule timer failed and was not handled: tick",
    "seen S0USDT",
  ]);
  running.signal("SIGTERM");
  expect(await running.ended).toBe(0);
});

test("a timer that never ends costs a new worker once, then a growing pause in which rules are said not to be asked", async () => {
  const loops = `appendFileSync(import.meta.dir + "/loops", "."); for (;;);`;
  const { ask, wait, troubles, rules, folder } = await asking(sound, {
    head:
      `import { appendFileSync } from "node:fs";\nimport { isMainThread } from "node:worker_threads";\nif ` +
      `(!isMainThread) setTimeout(() => { ${loops} }, 300);`,
  });
  const looping = (times: number) =>
    until(
      `${times} loops`,
      async () =>
        (await Bun.file(join(folder, "loops")).exists()) &&
        (await Bun.file(join(folder, "loops")).text()).length >= times,
    );
  await looping(1);
  expect(ask().answers).toEqual([answer]);
  expect(troubles).toHaveLength(1);
  await looping(2);
  expect(ask().answers).toMatchObject([{ rule: "sound", fault: { kind: "not-asked" } }]);
  expect(rules.status.trouble).not.toBeNull();
  wait(5 * 60_000);
  expect(ask().answers).toEqual([answer]);
}, 20_000);

test("a rule sees the report as it came, of a list its own element", async () => {
  const { ask } = await asking(`rule("raw", ({ report }) => ({ message: JSON.stringify(report) }))`);
  const messages = (json: string, count: number) =>
    ask(count, new TextEncoder().encode(json)).answers.map(({ alert }) => alert?.message);
  expect(messages(`{"symbol":"S0USDT","mine":{"deep":[1]}}`, 1)).toEqual([`{"symbol":"S0USDT","mine":{"deep":[1]}}`]);
  expect(messages(`[{"n":1},{"n":2}]`, 2)).toEqual([`{"n":1}`, `{"n":2}`]);
  expect(ask().answers[0]?.alert?.message).toBe("null");
});

test(
  "rules may stand in files beside the config; one the worker cannot load is the config's fault and the " +
    "old ones answer on",
  async () => {
    const { ask, rules, folder, takeOver } = await asking("mine", {
      head: `import { mine } from "./mine";`,
      "mine.ts":
        `import { rule } from "virtuoso";\nexport const mine = rule("sound", ({ signal }) => ({ message: ` +
        `"seen " + signal.symbol }));`,
    });
    expect(ask().answers).toEqual([answer]);
    const path = join(folder, "broken.config.ts");
    writeFileSync(
      path,
      `import { defineConfig, rule } from "virtuoso";\nimport { isMainThread } from ` +
        `"node:worker_threads";\nif (!isMainThread) throw new Error("not here");\nexport default ` +
        `defineConfig({ rules: [rule("other", () => undefined)] });`,
    );
    const broken = await loadConfig({ config: path, data: folder }, {});
    const refused = await rules.prepare(broken).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ConfigError);
    expect(String(refused)).toMatch(/broken\.config\.ts: its rules cannot be run: .*not here/s);
    writeFileSync(
      join(folder, "mine.ts"),
      `import { rule } from "virtuoso";\nexport const mine = rule("renamed", () => undefined);`,
    );
    expect(String(await takeOver().catch((error: unknown) => error))).toContain(
      "a file it imports has other rules now (renamed instead of sound); restart to take them over",
    );
    // The old ones answer on.
    expect(ask().answers).toEqual([answer]);
    expect(rules.names).toEqual(["sound"]);
  },
);

test.each([
  [
    "a Proxy",
    `export default new Proxy({}, { ownKeys() { throw new Error("no keys"); }, get() { throw new Error("no value"); } });`,
  ],
  ["a getter", `export default { rules: [{ get name() { throw new Error("no name"); }, judge: () => undefined }] };`],
])("a config file that exports %s that throws is refused, and that is all", async (_what, text) => {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-rules-"));
  stack.push(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "virtuoso.config.ts"), text);
  const refused = await loadConfig({ config: join(folder, "virtuoso.config.ts"), data: folder }, {}).catch(
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(ConfigError);
  expect(String(refused)).toMatch(/virtuoso\.config\.ts throws when it is read: no (keys|value|name)/);
});
