import { createHash } from "node:crypto";
import { compressNow, encodingFor, type Encoding } from "./content-encoding";

/** A file held ready in memory: its bytes, its headers, and its compressed forms once someone asked for them. */
export interface ServedFile {
  readonly hash: string;
  answer(request: Request): Response;
}

export interface ServedFileOptions {
  readonly type: string;
  /** `immutable` where the URL carries the content's hash, `revalidate` where the URL is for good and the content is not. */
  readonly caching: "immutable" | "revalidate";
  readonly headers: Readonly<Record<string, string>>;
}

type Form = Encoding | "identity";

/** Made once and sent often: the smallest first. */
const smallestFirst: readonly Encoding[] = ["br", "zstd", "gzip"];

const cacheControl = { immutable: "public, max-age=31536000, immutable", revalidate: "no-cache" } as const;

export function serveText(text: string, options: ServedFileOptions): ServedFile {
  const plain = new TextEncoder().encode(text);
  const hash = contentHash(text);
  const prepared = new Map<Form, { body: Uint8Array<ArrayBuffer>; headers: Headers }>();

  function prepare(encoding: Form) {
    const ready = prepared.get(encoding);
    if (ready !== undefined) return ready;
    const headers = new Headers({
      ...options.headers,
      "content-type": options.type,
      "cache-control": cacheControl[options.caching],
      "vary": "accept-encoding",
      "etag": `"${hash}-${encoding}"`,
    });
    if (encoding !== "identity") headers.set("content-encoding", encoding);
    const made = { body: encoding === "identity" ? plain : compressNow(plain, encoding, "kept"), headers };
    prepared.set(encoding, made);
    return made;
  }

  return {
    hash,
    answer(request) {
      const { body, headers } = prepare(
        encodingFor(request.headers.get("accept-encoding"), smallestFirst) ?? "identity",
      );
      // Any encoding of the same bytes will do: a reader behind a re-encoding proxy need not fetch them again.
      if (request.headers.get("if-none-match")?.includes(`"${hash}-`) === true) {
        const unchanged = new Headers(headers);
        unchanged.delete("content-encoding");
        return new Response(null, { status: 304, headers: unchanged });
      }
      return new Response(request.method === "HEAD" ? null : body, { headers });
    },
  };
}

/** The name of a content: short enough for a URL, long enough that two contents never share one. */
function contentHash(text: string): string {
  return createHash("sha256").update(text).digest("base64url").slice(0, 16);
}
