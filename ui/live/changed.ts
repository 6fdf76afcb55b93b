/** What a change was answered, or why it was not made: in words, and by field where it is about some. */
export type Changed<T> =
  | { readonly answer: T }
  | { readonly trouble: string; readonly code: string | null; readonly fields: Readonly<Record<string, string>> };

/** RFC 9457, as the daemon says it. */
interface Problem {
  readonly title?: string;
  readonly detail?: string;
  readonly code?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/** Reads what the daemon answered to a change. */
export async function changedBy<T>(answer: Response): Promise<Changed<T>> {
  if (answer.ok) return { answer: (await answer.json()) as T };
  const problem = await problemIn(answer);
  const wait = answer.headers.get("retry-after");
  const later = answer.status === 429 && wait !== null ? ` Try again in ${wait} s.` : "";
  return {
    trouble: `${problem.detail ?? problem.title ?? `The daemon answered ${answer.status}.`}${later}`,
    code: problem.code ?? null,
    fields: Object.fromEntries((problem.errors ?? []).map(({ path, message }) => [path, message])),
  };
}

/** A proxy between us and the daemon may answer anything. */
async function problemIn(answer: Response): Promise<Problem> {
  return answer.headers.get("content-type")?.startsWith("application/problem+json") === true
    ? ((await answer.json()) as Problem)
    : {};
}
