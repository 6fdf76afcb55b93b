import { fetchSignedIn } from "./session";

/** An answer, or why there is none, in words for the reader. */
export type Asked<T> = { readonly answer: T } | { readonly trouble: string };

export async function ask<T>(url: URL, signal: AbortSignal): Promise<Asked<T>> {
  try {
    const answer = await fetchSignedIn(url, { signal, headers: { accept: "application/json" } });
    if (answer.ok) return { answer: await answer.json() as T };
    return { trouble: troubleOf(answer) };
  } catch {
    return { trouble: "The daemon does not answer." };
  }
}

function troubleOf(answer: Response): string {
  if (answer.status === 429) return `The daemon limits how often this is asked; the next try is in ${answer.headers.get("retry-after") ?? "a few"} s.`;
  if (answer.status === 401) return "Not signed in.";
  if (answer.status === 403) return "The account does not allow this.";
  return `The daemon answered ${answer.status}.`;
}
