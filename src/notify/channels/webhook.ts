import { createHmac } from "node:crypto";
import { z } from "zod";
import { addressSchema } from "./address";
import { channelKind } from "./channel";
import { outcomeOf } from "./outcome";
import { webhookBody } from "./webhook-body";

const secretPrefix = "whsec_";

/** Standard Webhooks: 24 to 64 bytes. */
const secretSchema = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, "expected whsec_ and base64")
  .refine((text) => {
    const { length } = keyOf(text);
    return length >= 24 && length <= 64;
  }, "expected 24 to 64 bytes after whsec_");

/** Those that say what the request is are not the user's. */
const ownHeaders = /^(?:webhook-|content-|transfer-|host$|connection$|expect$|upgrade$|te$|trailer$)/i;
const headerNameSchema = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, "expected a header's name")
  .refine((name) => !ownHeaders.test(name), "this header is set by the channel itself");
const headerValueSchema = z.string().regex(/^[\x20-\x7e]{0,4000}$/, "expected one line of ASCII");

/** A program of one's own: each delivery by itself, signed as Standard Webhooks (standardwebhooks.com) say. */
export const webhook = channelKind({
  kind: "webhook",
  audience: "machines",
  slots: 4,
  edits: true,
  settings: z.strictObject({
    url: addressSchema,
    secret: z.union([secretSchema, z.array(secretSchema).min(1).max(5)]).optional(),
    headers: z.record(headerNameSchema, headerValueSchema).optional(),
  }),
  secrets: { secret: "several", headers: "values" },
  lengthMax: 20_000,
  paces: () => [],
  async send({ url, secret, headers }, outgoing, post) {
    const body = webhookBody(outgoing, webhook.lengthMax);
    const timestamp = Math.floor(outgoing.at / 1000);
    const secrets = [secret ?? []].flat();
    const signatures = secrets.map((each) => sign(each, `${outgoing.id}.${timestamp}.${body}`));
    const answer = await post(url, {
      headers: {
        ...headers,
        "content-type": "application/json",
        "webhook-id": outgoing.id,
        "webhook-timestamp": String(timestamp),
        ...(signatures.length > 0 && { "webhook-signature": signatures.join(" ") }),
      },
      body,
    });
    return outcomeOf(answer);
  },
});

function sign(secret: string, signed: string): string {
  return `v1,${createHmac("sha256", keyOf(secret)).update(signed).digest("base64")}`;
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice(secretPrefix.length), "base64");
}
