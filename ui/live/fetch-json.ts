import { fetchSignedIn } from "./session";

/** An answer, or why there is none, in words for the reader. */
export type Fetched<T> = { readonly answer: T } | { readonly trouble: string };

export async function fetchJson<T>(url: URL, signal: AbortSignal): Promise<Fetched<T>> {
  try {
    const answer = await fetchSignedIn(url, { signal, headers: { accept: "application/json" } });
    if (answer.ok) return { answer: (await answer.json()) as T };
    return { trouble: await troubleOf(answer) };
  } catch {
    return { trouble: "The daemon does not answer." };
  }
}

async function troubleOf(answer: Response): Promise<string> {
  if (answer.status === 429)
    return `The daemon limits how often this is asked; the next try is in ${answer.headers.get("retry-after") ?? "a few"} s.`;
  if (answer.status === 401) return "Not signed in.";
  if (answer.status === 403) return "The account does not allow this.";
  // Why it cannot answer now is the daemon's to say: it starts, nothing can be stored, or the question takes too long.
  const reason = answer.status === 503 ? await titleOf(answer) : null;
  return reason ?? `The daemon answered ${answer.status}.`;
}

/** What a problem+json is called; null where the answer is none, as a proxy's page. */
async function titleOf(answer: Response): Promise<string | null> {
  if (!(answer.headers.get("content-type") ?? "").startsWith("application/problem+json")) return null;
  const { title } = (await answer.json()) as { readonly title?: unknown };
  return typeof title === "string" ? `${title}.` : null;
}
