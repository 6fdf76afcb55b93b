import { zValidator } from "@hono/zod-validator";
import { describeRoute, resolver } from "hono-openapi";
import { z } from "zod";
import { inPlainWords, plainIssues } from "../core/plain-words";
import { Problem } from "./problems";

/** The query of a request, validated; unknown parameters are refused. */
export function query<T extends z.ZodType>(schema: T) {
  return zValidator("query", schema, refuseBy(schema));
}

/** The JSON body of a request, validated; unknown fields are refused. */
export function body<T extends z.ZodType>(schema: T) {
  return zValidator("json", schema, refuseBy(schema));
}

/** Asked once more where it is refused: the validator itself knows only the library's words. */
function refuseBy(schema: z.ZodType) {
  return ({ success, data }: { success: boolean; data: unknown }): void => {
    if (success) return;
    const { error } = schema.safeParse(data, inPlainWords);
    throw new Problem("validation", undefined, error ? plainIssues(error) : []);
  };
}

/** What the API's own description says of a route, from the schemas it is validated and answered by. `told`: the body of a change. */
export function describe(summary: string, answer: z.ZodType, asked: z.ZodType = z.object({}), told?: z.ZodType) {
  return describeRoute({
    summary,
    parameters: parametersOf(asked),
    ...(told ? { requestBody: { required: true, content: { "application/json": { schema: objectSchema.loose().parse(z.toJSONSchema(told, { io: "input" })) } } } } : {}),
    responses: {
      200: { description: "Success", content: { "application/json": { schema: resolver(answer) } } },
      default: { description: "RFC 9457 problem with a stable `code`", content: { "application/problem+json": {} } },
    },
  });
}

const objectSchema = z.object({ properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}), required: z.array(z.string()).default([]) });

function parametersOf(asked: z.ZodType) {
  const { properties, required } = objectSchema.parse(z.toJSONSchema(asked, { io: "input" }));
  return Object.entries(properties).map(([name, schema]) => ({ name, in: "query" as const, required: required.includes(name), schema }));
}
