import type { Refused } from "../auth/refused";
import { Problem, type ProblemCode } from "./problems";

const problemOf: Readonly<Record<Refused["code"], ProblemCode>> = {
  taken: "conflict",
  already: "conflict",
  "last-admin": "conflict",
  unknown: "not-found",
  "weak-password": "validation",
  "bad-name": "validation",
  "no-password": "conflict",
  "wrong-password": "validation",
  "wrong-code": "validation",
  "too-much": "not-allowed",
};

/** What was refused, as the caller reads it. */
export function problemOfRefused({ code, message, field }: Refused): Problem {
  return new Problem(problemOf[code], message, field === null ? undefined : [{ path: field, message }]);
}
