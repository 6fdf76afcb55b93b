import type { Context, MiddlewareHandler } from "hono";
import type { AppEnv } from "./access-rule";
import { compress, compressedFromBytes, compressStream, encodingFor, varyBy } from "./content-encoding";

/**
 * Compresses what a route answers as its caller likes, lists as they are, downloads as they are written. Never what carries a
 * secret: beside a text chosen by someone else, its length would betray it (BREACH).
 */
export const compressed: MiddlewareHandler<AppEnv> = async (context, next) => {
  await next();
  const { res } = context;
  if (!compressible.test(res.headers.get("content-type") ?? "") && res.status !== 304) return;
  if (carriesSecret(context) || res.headers.has("content-encoding")) return;
  varyBy(res.headers, "accept-encoding");
  const encoding = encodingFor(context.req.header("accept-encoding"));
  if (encoding === null || res.body === null || res.status === 206) return;
  const streamed = res.headers.has("content-disposition");
  const plain = streamed ? null : new Uint8Array(await res.arrayBuffer());
  // Nothing is written for who asks for the headers alone.
  if (streamed && context.req.method === "HEAD") await res.body.cancel();
  const body =
    plain === null
      ? context.req.method === "HEAD"
        ? null
        : compressStream(res.body, encoding)
      : plain.length < compressedFromBytes
        ? plain
        : await compress(plain, encoding);
  const headers = new Headers(res.headers);
  headers.delete("content-length");
  if (plain === null || body !== plain) {
    headers.set("content-encoding", encoding);
    // A strong tag names bytes; these are others that say the same.
    const etag = headers.get("etag");
    if (etag !== null && !etag.startsWith("W/")) headers.set("etag", `W/${etag}`);
  }
  // Else Hono keeps the headers of the answer before.
  context.res = undefined;
  context.res = new Response(body, { status: res.status, headers });
};

const compressible =
  /^(?:text\/(?!event-stream)|application\/(?:json|jsonl|problem\+json|openmetrics-text|javascript)|image\/svg)/i;

/** Tokens, codes, what a change must carry in its header, and whatever sets a cookie. */
function carriesSecret({ req, res }: Context): boolean {
  return (
    req.path.startsWith("/api/auth/") ||
    (req.path === "/api/tokens" && req.method === "POST") ||
    res.headers.has("set-cookie")
  );
}
