import { retryAfterMs } from "../core/retry-after";

/** An answer as far as it was read: 64 KiB at most. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** How long the server asks to be left alone, ms; null where it does not say. */
  readonly retryAfterMs: number | null;
}

/** Why there is no answer. */
export interface NoAnswer {
  /** The system's word: ECONNREFUSED, TimeoutError. */
  readonly code: string;
  /** True where trying again cannot help before a person has mended something. */
  readonly permanent: boolean;
}

/** Sends one POST; follows no redirect. Never throws for what the network does. */
export type Post = (
  url: string,
  request: { readonly headers: Readonly<Record<string, string>>; readonly body: string | Uint8Array<ArrayBuffer> },
) => Promise<Answer | NoAnswer>;

const timeoutMs = 15_000;
const answerBytesMax = 65_536;
/** What no later try changes: a certificate that is not trusted, no TLS where it was expected. */
const permanentCodes = /^(?:DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|ERR_TLS_|EPROTO|ERR_SSL|ERR_INVALID_URL)/;

/** The client of everything that is sent out. `signal` ends what is under way. */
export function createPost(signal: AbortSignal): Post {
  return async (url, { headers, body }) => {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers,
        body,
        redirect: "manual",
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      const text = await readAtMost(response, answerBytesMax);
      return {
        status: response.status,
        headers: response.headers,
        text,
        retryAfterMs: retryAfterMs(response.headers),
      };
    } catch (error) {
      const code = codeOf(error);
      return { code, permanent: permanentCodes.test(code) };
    }
  };
}

export function isAnswer(answer: Answer | NoAnswer): answer is Answer {
  return "status" in answer;
}

async function readAtMost(response: Response, bytesMax: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    text += decoder.decode(chunk, { stream: true });
    if (bytes >= bytesMax) break;
  }
  return text;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
