import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describeSocket } from "../../src/api/asyncapi";
import { topicNeeds } from "../../src/auth/permissions";
import { answersOf, clientFrame, defaultTopics, frameTypes, topicOf, topics } from "../../src/views/frames";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";
import { aSignal } from "../support/reports";
import { listenTo } from "../support/socket";

setDefaultTimeout(30_000);

interface Reference {
  readonly $ref: string;
}

interface Document {
  readonly asyncapi: string;
  readonly channels: {
    readonly dashboard: {
      readonly address: string;
      readonly messages: Readonly<Record<string, Reference>>;
      readonly "x-topics": Readonly<Record<string, { needs: string; default: boolean; messages: readonly string[] }>>;
    };
  };
  readonly operations: Readonly<
    Record<
      string,
      { readonly messages: readonly Reference[]; readonly reply?: { readonly messages: readonly Reference[] } }
    >
  >;
  readonly components: {
    readonly messages: Readonly<Record<string, { readonly payload: Reference; readonly "x-needs"?: string }>>;
  };
}

let daemon: TestDaemon;
let text: string;
let document: Document;

beforeAll(async () => {
  daemon = await startTestDaemon({ scanning: false });
  text = await (await fetch(`${daemon.url}/api/asyncapi.json`)).text();
  document = JSON.parse(text) as Document;
});
afterAll(() => daemon[Symbol.asyncDispose]());

const clientTypes: readonly string[] = clientFrame.options.map(({ shape }) => shape.type.value);
const namesOf = (references: readonly Reference[]) => references.map(({ $ref }) => $ref.split("/").at(-1) ?? "");

async function lint(source: string) {
  const config = await createConfig({ extends: ["recommended-strict"] });
  return (await lintFromString({ source, config })).map(({ ruleId, message }) => ({ ruleId, message }));
}

test("a public linter that knows AsyncAPI 3 finds nothing in it, and finds what is put wrong", async () => {
  expect(document.asyncapi).toBe("3.0.0");
  expect(await lint(text)).toEqual([]);
  expect(await lint(text.replace('"action":"send"', '"action":"shout"'))).not.toEqual([]);
});

test("every reference leads somewhere, and what an operation names is a message of its channel", () => {
  for (const [, pointer = ""] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const found = pointer
      .split("/")
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
    expect({ pointer, found: found !== undefined }).toEqual({ pointer, found: true });
  }
  for (const { messages, reply } of Object.values(document.operations))
    for (const { $ref } of [...messages, ...(reply?.messages ?? [])])
      expect($ref).toStartWith("#/channels/dashboard/messages/");
});

test("every frame is there: sent by itself or as an answer, each under its topic and what that needs", () => {
  const { channels, operations, components } = document;
  expect(channels.dashboard.address).toBe("/api/dashboard/ws");
  const below = describeSocket({ version: "1.0.0", basePath: "/desk" }) as Document;
  expect(below.channels.dashboard.address).toBe("/desk/api/dashboard/ws");
  expect(Object.keys(channels.dashboard.messages).toSorted()).toEqual([...frameTypes, ...clientTypes].toSorted());
  const { send, ...requests } = operations;
  const answers = Object.values(requests).flatMap(({ reply }) => namesOf(reply?.messages ?? []));
  expect(new Set([...namesOf(send?.messages ?? []), ...answers])).toEqual(new Set(frameTypes));
  for (const [type, expected] of Object.entries(answersOf))
    expect(namesOf(requests[type]?.reply?.messages ?? [])).toEqual([...expected, "error"]);
  const described = channels.dashboard["x-topics"];
  expect(Object.keys(described)).toEqual([...topics]);
  for (const topic of topics)
    expect(described[topic]).toMatchObject({ needs: topicNeeds[topic] ?? "", default: defaultTopics.includes(topic) });
  for (const [type, topic] of Object.entries(topicOf)) {
    expect(described[topic]?.messages).toContain(type);
    expect(components.messages[type]?.["x-needs"]).toBe(topicNeeds[topic]);
  }
});

test("what a daemon sends is what its description says", async () => {
  const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }));
  ajv.addSchema(document, "socket");
  const listener = await listenTo(daemon.url);
  listener.send({ type: "ping" });
  listener.send("{");
  daemon.drop("one.json", aSignal().body(Date.now()));
  await until("an alert", () => listener.frames.some(({ type }) => type === "new_alert"));
  await listener.receive("error");
  const seen = new Set<string>();
  for (const frame of listener.frames) {
    seen.add(frame.type);
    const check = ajv.compile({ $ref: `socket${document.components.messages[frame.type]?.payload.$ref ?? ""}` });
    expect({ frame: frame.type, valid: check(frame), errors: check.errors }).toEqual({
      frame: frame.type,
      valid: true,
      errors: null,
    });
    expect(check({ ...frame, more: 1 })).toBe(false);
  }
  expect([...seen].toSorted()).toEqual(["dashboard_update", "error", "hello", "new_alert", "new_signal", "pong"]);
});
