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

/** What the API's own description says of a route, from the schemas it is validated and answered by. */
export function describe(
  summary: string,
  answer: z.ZodType,
  queryShape: z.ZodType = z.object({}),
  requestBody?: z.ZodType,
  { status = 200, as = "application/json" }: { readonly status?: 200 | 201 | 204; readonly as?: string } = {},
) {
  const parameters = parametersOf(queryShape);
  const downloads = parameters.some(({ name }) => name === "format") ? downloadContent : {};
  return describeRoute({
    summary,
    parameters,
    ...(requestBody
      ? {
          requestBody: {
            required: true,
            content: {
              "application/json": { schema: objectSchema.loose().parse(z.toJSONSchema(requestBody, { io: "input" })) },
            },
          },
        }
      : {}),
    responses: {
      [status]: {
        description: "Success",
        ...(status === 204 ? {} : { content: { [as]: { schema: resolver(answer) }, ...downloads } }),
      },
      "4XX": { $ref: "#/components/responses/Problem" },
      default: { $ref: "#/components/responses/Problem" },
    },
  });
}

const downloadContent = {
  "text/csv": {
    schema: {
      type: "string" as const,
      description:
        "format=csv: the whole filter, RFC 4180 with a header line; cells a spreadsheet would take for a formula begin with an apostrophe",
    },
  },
  "application/jsonl": {
    schema: { type: "string" as const, description: "format=jsonl: the whole filter, one item a line" },
  },
};

const objectSchema = z.object({
  properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
  required: z.array(z.string()).default([]),
});

function parametersOf(queryShape: z.ZodType) {
  const { properties, required } = objectSchema.parse(z.toJSONSchema(queryShape, { io: "input" }));
  return Object.entries(properties).map(([name, { description, parameter, ...schema }]) => ({
    name,
    in: "query" as const,
    required: required.includes(name),
    ...(typeof description === "string" ? { description } : {}),
    // A query is text: what that text must be is described, not what is read from it.
    schema: typeof parameter === "object" && parameter !== null ? { ...parameter } : schema,
  }));
}
