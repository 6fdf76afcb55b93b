import { describeFailure, noAnswer, problemIn } from "./failure";
import { fetchSignedIn } from "./session";

/** An answer with its `Date`, or why there is none, as a sentence. */
export type Fetched<T> = { readonly answer: T; readonly date: string | null } | { readonly trouble: string };

/** Reads JSON. Never rejects. */
export async function fetchJson<T>(url: URL, signal?: AbortSignal): Promise<Fetched<T>> {
  try {
    const answer = await fetchSignedIn(url, { signal: signal ?? null, headers: { accept: "application/json" } });
    if (answer.ok) return { answer: (await answer.json()) as T, date: answer.headers.get("date") };
    return { trouble: describeFailure(answer, await problemIn(answer)) };
  } catch {
    return { trouble: noAnswer };
  }
}
