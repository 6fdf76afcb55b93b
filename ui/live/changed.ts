import { describeFailure, faultsIn, noAnswer, problemIn } from "./failure";

/** The answer to a change, or why it was not made: as a sentence, and by field where fields are wrong. */
export type Changed<T> = { readonly answer: T } | Refused;

export interface Refused {
  readonly trouble: string;
  readonly code: string | null;
  readonly fields: Readonly<Record<string, string>>;
}

/** Reads the answer to a change. */
export async function changedBy<T>(answer: Response): Promise<Changed<T>> {
  if (answer.ok) return { answer: (await answer.json()) as T };
  const problem = await problemIn(answer);
  // The daemon's own detail says most here: which field, which sign-in.
  const trouble = describeFailure(answer, { ...problem, detail: problem.detail ?? problem.title });
  return { trouble, code: problem.code ?? null, fields: faultsIn(problem) };
}

/** Where no answer came. */
export const unanswered: Refused = { trouble: noAnswer, code: null, fields: {} };
