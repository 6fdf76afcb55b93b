import { z } from "zod";

const problemSchema = z.object({
  title: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

/** What a problem+json says, as lines for a person; null where it is none. */
export function describeProblem(body: unknown): string | null {
  const problem = problemSchema.safeParse(body);
  if (!problem.success) return null;
  const { title, detail, errors } = problem.data;
  return [detail ?? title, ...(errors ?? []).map(({ path, message }) => `${path}: ${message}`)].join("\n");
}
