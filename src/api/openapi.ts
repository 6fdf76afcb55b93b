import type { Context, Hono } from "hono";
import { generateSpecs } from "hono-openapi";
import { z } from "zod";
import type { AppEnv, Needs } from "./access-rule";
import { markUnits } from "./marked-units";
import { problems } from "./problems";
import { route, type Route } from "./route";

const about = `The alert desk of a trading system. Lists answer a page and \`next_cursor\`; an error is RFC 9457 problem+json with a stable \`code\`.

What happens is sent at once over the WebSocket \`/api/dashboard/ws\`: every frame, its topic and what it needs is
described at \`/api/asyncapi.json\`, AsyncAPI 3.0. A client sends \`subscribe\`; after a break \`resume\`, answered by what
was missed and \`resumed\`, or by \`resync\` where that is gone; and \`ping\`.`;

/** A problem as every error of the API is one. */
const problemSchema = {
  type: "object",
  required: ["type", "title", "status", "code"],
  properties: {
    type: { type: "string", const: "about:blank" },
    title: { type: "string", description: "the code in words" },
    status: { type: "integer", description: "the HTTP status" },
    code: { type: "string", enum: Object.keys(problems), description: "stable: programs go by it" },
    detail: { type: "string", description: "what was wrong this time" },
    errors: {
      type: "array",
      description: "of a validation: one line a field",
      items: {
        type: "object",
        required: ["path", "message"],
        properties: { path: { type: "string" }, message: { type: "string" } },
        additionalProperties: false,
      },
    },
  },
  additionalProperties: false,
};

export interface Described {
  readonly app: Hono<AppEnv>;
  readonly version: string;
  /** "" or like "/desk". */
  readonly basePath: () => string;
  readonly needs: () => Needs;
}

/** The description is made of the routes; it is not in itself. */
export function openapiRoute(described: Described): Route {
  return route({
    method: "GET",
    path: "/api/openapi.json",
    need: "dashboard.view",
    summary: null,
    query: null,
    answer: z.looseObject({}),
    handle: async ({ context }) => context.json(await describeApi(context, described)),
  });
}

interface Operation {
  security?: object[];
  description?: string;
}

/** The API's own description, OpenAPI 3.1: what the routes say of themselves, what each needs, and how it is refused. */
async function describeApi(context: Context<AppEnv>, { app, version, ...rest }: Described): Promise<object> {
  const [basePath, needs] = [rest.basePath(), rest.needs()];
  const documentation = {
    openapi: "3.1.0",
    info: { title: "Virtuoso", version, description: about, license: { name: "MIT", identifier: "MIT" } },
    servers: [{ url: basePath === "" ? "/" : basePath }],
  };
  const described = markUnits(await generateSpecs(app, { documentation }, context)) as Document;
  for (const [path, operations] of Object.entries(described.paths)) {
    for (const [method, operation] of Object.entries(operations))
      secure(operation, needs[`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`]);
  }
  return {
    ...described,
    security: [{ bearer: [] }, { cookie: [] }],
    components: {
      ...described.components,
      schemas: { ...described.components?.schemas, Problem: problemSchema },
      responses: {
        Problem: {
          description: "A problem, with a stable code",
          content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
        },
      },
      securitySchemes: {
        bearer: {
          type: "http",
          scheme: "bearer",
          description: "An access token of /api/auth/login with transport bearer, or an API token.",
        },
        cookie: {
          type: "apiKey",
          in: "cookie",
          name: "virtuoso_access",
          description:
            "Set by /api/auth/login; its name ends in a word of this desk's own. A change must carry " +
            "X-CSRF-Token, which /api/auth/me answers.",
        },
      },
    },
  };
}

function secure(operation: Operation, need: string | undefined): void {
  if (need === "anyone") operation.security = [];
  else if (need !== undefined && need !== "signed-in") operation.description = `Needs ${need}.`;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: object };
}
