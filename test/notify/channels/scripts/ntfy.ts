import { z } from "zod";
import type { Received, Reply } from "../../../support/scripted-server";
import type { ChannelScript } from "./script";

const publishedSchema = z.strictObject({
  topic: z.string(),
  sequence_id: z.string().regex(/^[\w-]{1,64}$/),
  title: z.string(),
  message: z.string(),
  priority: z.int().min(1).max(5),
  tags: z.array(z.string()),
  click: z.url(),
});

export function publishedTo({ body }: Received): z.output<typeof publishedSchema> {
  return publishedSchema.parse(JSON.parse(body));
}

function fault(http: number, code: number, error: string): Reply {
  return { status: http, body: JSON.stringify({ code, http, error, link: "https://ntfy.sh/docs/publish/" }) };
}

/** `edits`: a server from 2.16 on. */
function accept(request: Received, edits: boolean): Reply {
  const { topic, message, sequence_id } = publishedTo(request);
  const answer = { id: "hwQ2YpKdmg", time: 1_800_000_000, event: "message", topic, message };
  return { status: 200, body: JSON.stringify({ ...answer, ...(edits && { sequence_id }) }) };
}

export const ntfyScript: ChannelScript = {
  kind: "ntfy",
  settings: (server) => ({ server, topic: "desk-7f3a", token: "tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2" }),
  secrets: ["tk_AgQdq7mVBoFD37zQVN29RhuMzNIz2", "desk-7f3a"],
  accept: (request) => accept(request, true),
  acceptWithoutEdit: (request) => accept(request, false),
  unauthorized: fault(401, 40101, "unauthorized"),
  gone: fault(404, 40401, "page not found"),
  refused: fault(400, 40024, "invalid request: request body must be valid JSON"),
  limited: fault(429, 42901, "limit reached: too many requests, please be nice"),
  limitedFor: { reply: fault(429, 42908, "limit reached: daily message quota reached"), ms: 3_600_000 },
  read(request) {
    const { title, message } = publishedTo(request);
    return { title, text: message, length: Buffer.byteLength(message) };
  },
  saysShortened: (request) => /\n… \d+ more characters$/.test(publishedTo(request).message),
  idOf: (request) => publishedTo(request).sequence_id,
};
