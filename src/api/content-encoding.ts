import { Duplex } from "node:stream";
import { promisify } from "node:util";
import {
  brotliCompress,
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createGzip,
  createZstdCompress,
  gzip,
  gzipSync,
  zstdCompress,
  zstdCompressSync,
} from "node:zlib";
import { parseAccept } from "hono/utils/accept";

/** How a body may be compressed, the one that costs least first: it is taken where a caller likes several alike. */
const encodings = ["zstd", "br", "gzip"] as const;
export type Encoding = (typeof encodings)[number];

/** A smaller body is sent as it is: its headers are as long. */
export const compressedFromBytes = 1024;

/** What `Accept-Encoding` likes best of what we make; null where it should come plain. */
export function encodingFor(header: string | null | undefined, ours: readonly Encoding[] = encodings): Encoding | null {
  if (header === null || header === undefined || header === "") return null;
  const offers = parseAccept(header.toLowerCase());
  const liked = (name: string) => offers.find(({ type }) => type === name)?.q;
  const others = liked("*") ?? 0;
  const likings = ours.map((encoding) => ({
    encoding,
    q: liked(encoding) ?? (encoding === "gzip" ? liked("x-gzip") : undefined) ?? others,
  }));
  const best = likings.reduce((max, each) => (each.q > max.q ? each : max));
  return best.q > 0 && best.q >= (liked("identity") ?? 0) ? best.encoding : null;
}

const brotli = (quality: number) => ({ params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
const zstd = (level: number) => ({ params: { [constants.ZSTD_c_compressionLevel]: level } });
const [live, kept] = [
  { brotli: brotli(4), zstd: zstd(3), gzip: { level: 5 } },
  { brotli: brotli(5), zstd: zstd(9), gzip: { level: 6 } },
];

/** At once, for what is small or compressed once and sent many times: under a millisecond for 20 KB, under ten for the largest file. */
export function compressNow(
  plain: Uint8Array,
  encoding: Encoding,
  pains: "live" | "kept" = "live",
): Uint8Array<ArrayBuffer> {
  const how = pains === "live" ? live : kept;
  if (encoding === "zstd") return new Uint8Array(zstdCompressSync(plain, how.zstd));
  return new Uint8Array(encoding === "br" ? brotliCompressSync(plain, how.brotli) : gzipSync(plain, how.gzip));
}

const [zstdLater, brotliLater, gzipLater] = [promisify(zstdCompress), promisify(brotliCompress), promisify(gzip)];

/** On a thread of zlib's own, so that the loop goes on. */
export async function compress(plain: Uint8Array, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  if (encoding === "zstd") return new Uint8Array(await zstdLater(plain, live.zstd));
  return new Uint8Array(await (encoding === "br" ? brotliLater(plain, live.brotli) : gzipLater(plain, live.gzip)));
}

/** As it is written, on a thread of zlib's own. */
export function compressStream(
  plain: ReadableStream<Uint8Array<ArrayBuffer>>,
  encoding: Encoding,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const through =
    encoding === "zstd"
      ? createZstdCompress(live.zstd)
      : encoding === "br"
        ? createBrotliCompress(live.brotli)
        : createGzip(live.gzip);
  return plain.pipeThrough(
    Duplex.toWeb(through) as unknown as ReadableWritablePair<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>,
  );
}

/** Adds what an answer depends on to those it names already. */
export function varyBy(headers: Headers, name: string): void {
  const named = headers.get("vary");
  if (named === null) headers.set("vary", name);
  else if (
    !named
      .toLowerCase()
      .split(",")
      .some((each) => each.trim() === name || each.trim() === "*")
  )
    headers.set("vary", `${named}, ${name}`);
}
