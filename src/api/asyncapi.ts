import { z } from "zod";
import { topicNeeds } from "../auth/permissions";
import { answersOf, clientFrame, defaultTopics, serverFrame, topicOf, topics, type FrameType } from "../views/frames";
import { markUnits } from "./marked-units";
import { route } from "./route";

const about = `What happens, sent over one WebSocket within milliseconds of its commit.

A connection is greeted with hello and dashboard_update and has the topics marked as default. After a break a client
sends resume with the epoch and the seq it reached. Several events at once come as one frame, events. Fields may be
added; a frame of a type that is not known is passed over.

Before the upgrade an error is RFC 9457 problem+json: 401 without valid credentials, 403 with ones that may not, 429 and
503 over the limits. Afterwards a socket is closed with 1001 (the daemon goes away), 1008 (access has ended, or too many
bad frames), 1009 (a frame over 64 KiB) or 1013 (try again later).`;

const license = { name: "MIT", url: "https://opensource.org/license/mit" };
const allFrames = [...serverFrame.options, ...clientFrame.options];
const channel = { $ref: "#/channels/dashboard" };
const security = [
  { $ref: "#/components/securitySchemes/bearer" },
  { $ref: "#/components/securitySchemes/subprotocol" },
  { $ref: "#/components/securitySchemes/cookie" },
];

/** `basePath`: "" or like "/desk". It is not in the other description. */
export function asyncapiRoute({ version, basePath }: { readonly version: string; readonly basePath: () => string }) {
  return route({
    method: "GET",
    path: "/api/asyncapi.json",
    need: "dashboard.view",
    summary: null,
    query: null,
    answer: z.looseObject({}),
    handle: ({ context }) => context.json(describeSocket({ version, basePath: basePath() })),
  });
}

/** What the WebSocket sends and takes, as AsyncAPI 3.0: made of the frames' schemas. `basePath`: "" or like "/desk". */
export function describeSocket({ version, basePath }: { readonly version: string; readonly basePath: string }): object {
  const types = allFrames.map(({ shape }) => shape.type.value);
  const messages = Object.fromEntries(types.map((type) => [type, { $ref: `#/components/messages/${type}` }]));
  return {
    asyncapi: "3.0.0",
    info: { title: "Virtuoso events", version, description: about, license },
    defaultContentType: "application/json",
    channels: {
      dashboard: {
        address: `${basePath}/api/dashboard/ws`,
        description: "Needs dashboard.view; each topic needs what x-topics says.",
        messages,
        bindings: { ws: { method: "GET" } },
        "x-topics": Object.fromEntries(topics.map((topic) => [topic, describeTopic(topic)])),
      },
    },
    operations: { send: describeSending(), ...Object.fromEntries(clientFrame.options.map(describeRequest)) },
    components: { messages: Object.fromEntries(allFrames.map(describeMessage)), schemas: schemas(), securitySchemes },
  };
}

function describeTopic(topic: string): object {
  const messages = Object.entries(topicOf).flatMap(([type, own]) => (own === topic ? [type] : []));
  return { needs: topicNeeds[topic], default: defaultTopics.some((each) => each === topic), messages };
}

/** What comes by itself, be it asked for or not. */
function describeSending(): object {
  const answers = new Set<string>(Object.values(answersOf).flat());
  const types = serverFrame.options.map(({ shape }) => shape.type.value).filter((type) => !answers.has(type));
  return { action: "send", channel, summary: "What happens, as it happens.", messages: types.map(refTo), security };
}

function describeRequest({ shape, description }: (typeof clientFrame.options)[number]): [string, object] {
  const type = shape.type.value;
  const answers: readonly FrameType[] = [...answersOf[type], "error"];
  const reply = { channel, messages: answers.map(refTo) };
  return [type, { action: "receive", channel, summary: description ?? type, messages: [refTo(type)], reply, security }];
}

function refTo(type: string): object {
  return { $ref: `#/channels/dashboard/messages/${type}` };
}

function describeMessage(frame: (typeof allFrames)[number]): [string, object] {
  const type = frame.shape.type.value;
  const topic = type in topicOf ? topicOf[type as keyof typeof topicOf] : null;
  const ofTopic = topic === null ? {} : { "x-topic": topic, "x-needs": topicNeeds[topic] };
  const payload = { $ref: `#/components/schemas/${idOf(frame)}` };
  return [type, { name: type, summary: frame.description ?? type, payload, ...ofTopic }];
}

function idOf(frame: (typeof allFrames)[number]): string {
  const id = frame.meta()?.id;
  if (id === undefined) throw new Error(`the frame ${frame.shape.type.value} has no name`);
  return id;
}

/** Every schema by its name, each reference leading to where AsyncAPI keeps it. */
function schemas(): unknown {
  const { definitions } = z.toJSONSchema(z.union(allFrames), { target: "draft-7" });
  const marked = JSON.stringify(markUnits(definitions ?? {}));
  return JSON.parse(marked.replaceAll('"$ref":"#/definitions/', '"$ref":"#/components/schemas/'));
}

const securitySchemes = {
  bearer: {
    type: "http",
    scheme: "bearer",
    description: "An access token of /api/auth/login with transport bearer, or an API token.",
  },
  subprotocol: {
    type: "httpApiKey",
    in: "header",
    name: "Sec-WebSocket-Protocol",
    description: "For browsers elsewhere: the protocols virtuoso and bearer.TOKEN.",
  },
  cookie: {
    type: "httpApiKey",
    in: "cookie",
    name: "virtuoso_access",
    description: "Set by /api/auth/login, with an allowed Origin; its name ends in a word of this desk's own.",
  },
};
