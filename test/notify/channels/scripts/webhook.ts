import { z } from "zod";
import type { Received } from "../../../support/scripted-server";
import type { ChannelScript } from "./script";

const secret = `whsec_${Buffer.alloc(32, "a receiver's key").toString("base64")}`;
const nextSecret = `whsec_${Buffer.alloc(32, "the key after it").toString("base64")}`;
const authorization = "Bearer of-the-webhook-channel";

const bodySchema = z.object({
  data: z.object({ title: z.string(), text: z.string(), shortened: z.array(z.string()).optional() }),
});

function dataOf({ body }: Received) {
  return bodySchema.parse(JSON.parse(body)).data;
}

export const webhookScript: ChannelScript = {
  kind: "webhook",
  settings: (url) => ({
    url: `${url}/hook`,
    secret: [secret, nextSecret],
    headers: { authorization, "x-desk": "one" },
  }),
  secrets: [secret, nextSecret, authorization],
  accept: () => ({ status: 204 }),
  acceptWithoutEdit: null,
  unauthorized: { status: 401 },
  gone: { status: 410 },
  refused: { status: 422 },
  limited: { status: 429 },
  limitedFor: { reply: { status: 429, headers: { "retry-after": "7" } }, ms: 7000 },
  read: (request) => ({ ...dataOf(request), length: Buffer.byteLength(request.body) }),
  saysShortened: (request) => dataOf(request).shortened !== undefined,
  idOf: ({ headers }) => headers["webhook-id"] ?? "",
};
