import { retryAfterMs } from "../core/retry-after";

/** An answer as far as it was read: 64 KiB where nothing else is said. */
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
  /** False where it is certain that nothing was received: there was no connection to send it over. */
  readonly mayHaveArrived: boolean;
}

/** Sends one request, a POST where nothing else is said; follows no redirect. Never throws for what the network does. */
export type Post = (
  url: string,
  request: {
    readonly method?: "POST" | "PATCH";
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | Uint8Array<ArrayBuffer>;
  },
) => Promise<Answer | NoAnswer>;

export interface PostOptions {
  readonly timeoutMs?: number;
  /** How much of an answer is read. */
  readonly bytesMax?: number;
  /** Called once a request, with its HTTP status or the system's word. */
  readonly observe?: (result: number | string) => void;
}

const answerBytesMax = 65_536;
/** What no later try changes: a certificate that is not trusted, no TLS where it was expected. */
const permanentCodes =
  /^(?:DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|UNKNOWN_CERT|ERR_TLS_|EPROTO|ERR_SSL|ERR_INVALID_URL)/;
/** Without a connection nothing was sent. */
const connectionCodes = /^(?:ECONNREFUSED|ENOTFOUND|EAI_|ENETUNREACH|EHOSTUNREACH|ENETDOWN|EADDRNOTAVAIL)/;

/** The client of everything that is sent out. `stopping` ends what is under way. */
export function createPost(
  stopping: AbortSignal,
  { timeoutMs = 15_000, bytesMax = answerBytesMax, observe }: PostOptions = {},
): Post {
  return async (url, request) => {
    // One timer that is cleared: AbortSignal.timeout would keep one of each request for the whole time.
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(new DOMException("no answer in time", "TimeoutError")), timeoutMs);
    const stop = () => controller.abort(new DOMException("stopping", "AbortError"));
    if (stopping.aborted) stop();
    stopping.addEventListener("abort", stop);
    const result = await send(url, request, controller.signal, bytesMax);
    clearTimeout(timer);
    stopping.removeEventListener("abort", stop);
    observe?.("status" in result ? result.status : result.code);
    return result;
  };
}

async function send(
  url: string,
  { method = "POST", headers, body }: Parameters<Post>[1],
  signal: AbortSignal,
  bytesMax: number,
): Promise<Answer | NoAnswer> {
  try {
    const response = await fetch(url, { method, headers, body, redirect: "manual", signal });
    const text = await readAtMost(response, bytesMax);
    return { status: response.status, headers: response.headers, text, retryAfterMs: retryAfterMs(response.headers) };
  } catch (error) {
    const code = codeOf(error);
    const permanent = permanentCodes.test(code);
    return { code, permanent, mayHaveArrived: !permanent && !connectionCodes.test(code) };
  }
}

export function isAnswer(answer: Answer | NoAnswer): answer is Answer {
  return "status" in answer;
}

/** The status has said what became of the request: where the rest fails to come, what there is of it stands. */
async function readAtMost(response: Response, bytesMax: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk.subarray(0, bytesMax - bytes), { stream: true });
      bytes += chunk.byteLength;
      if (bytes >= bytesMax) break;
    }
  } catch {
    return text;
  }
  return text;
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
