import { durationText } from "../parts/time";
import { program } from "../program";

/** What people read where the daemon is away. */
export const noAnswer = "The daemon does not answer.";

/** RFC 9457, as the daemon writes it. */
export interface Problem {
  readonly title?: string | undefined;
  readonly detail?: string | undefined;
  readonly code?: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/** The problem in an answer; empty where it is none, such as a proxy's page. */
export async function problemIn(answer: Response): Promise<Problem> {
  const type = answer.headers.get("content-type") ?? "";
  return type.startsWith("application/problem+json") ? ((await answer.json()) as Problem) : {};
}

const texts: Readonly<Record<number, string>> = {
  401: "Not signed in.",
  403: "The account does not allow this.",
  404: "It was not found, or is no longer kept.",
  429: "Too many requests.",
};

/** Why a request was refused, as a sentence. */
export function describeFailure({ status, headers }: Response, { title, detail }: Problem = {}): string {
  const said = detail ?? texts[status] ?? title ?? `The daemon answered ${status}`;
  const text = said.replace("virtuoso signin-link", `${program} signin-link`);
  const wait = status === 429 && !/try again in/i.test(text) ? headers.get("retry-after") : null;
  return `${text.replace(/\.$/, "")}.${wait === null ? "" : ` Try again in ${durationText(Number(wait) * 1000)}.`}`;
}

/** Each field that is wrong, with what is wrong with it. */
export function faultsIn({ errors = [] }: Problem): Readonly<Record<string, string>> {
  return Object.fromEntries(errors.map(({ path, message }) => [path, message]));
}
