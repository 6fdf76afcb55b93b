import type { CustomFetch } from "openid-client";

/** The provider did not answer, or not as one; the message says where and how, and holds no secret. */
export class ProviderUnreachable extends Error {
  override readonly name = "ProviderUnreachable";
}

export const timeoutMs = 10_000;
/** Much more than documents, keys and tokens of providers take. */
const answerMaxBytes = 1024 * 1024;

/** How the provider is asked: bounded in time and size, no redirect followed. Throws ProviderUnreachable for every answer that is none. */
export function providerRequests(withinMs: number): CustomFetch {
  return async (url, { body, headers, method }) => {
    const { origin, pathname } = new URL(url);
    const unreachable = (how: string) => new ProviderUnreachable(`${origin}${pathname} ${how}`);
    let answer: Response;
    let text: string | null;
    try {
      // Not over a connection kept from before: the provider may have been restarted since.
      answer = await fetch(url, {
        body: (body ?? null) as BodyInit | null,
        headers,
        method,
        redirect: "manual",
        keepalive: false,
        signal: AbortSignal.timeout(withinMs),
      });
      text = await boundedText(answer);
    } catch (error) {
      throw unreachable(howItFailed(error, withinMs));
    }
    if (text === null) throw unreachable("answers more than a provider has to say");
    const { status } = answer;
    const type = answer.headers.get("content-type")?.split(";")[0]?.trim() ?? "nothing named";
    // What it refuses, it says in JSON or in a header; what it signs is read, and held against its keys, by the library.
    const isLogged = isJson(text) || type === "application/jwt" || answer.headers.has("www-authenticate");
    if (status >= 500 || (status >= 300 && status < 400) || !isLogged)
      throw unreachable(`answers ${status} with ${type}, as no identity provider does`);
    return new Response(text, { status, headers: answer.headers });
  };
}

/** Null where it is too long. */
async function boundedText(answer: Response): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > answerMaxBytes) return null;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const failures: Readonly<Record<string, string>> = {
  ConnectionRefused: "refuses the connection",
  ECONNREFUSED: "refuses the connection",
  ECONNRESET: "closes the connection",
  ConnectionClosed: "closes the connection",
};

function howItFailed(error: unknown, withinMs: number): string {
  if (!(error instanceof Error)) return "cannot be asked";
  if (error.name === "TimeoutError") return `does not answer within ${withinMs / 1000} s`;
  const code = "code" in error ? String(error.code) : error.name;
  return failures[code] ?? `cannot be asked: ${code}`;
}
