import type { Handler, Hono } from "hono";
import type { AppEnv } from "./access-rule";
import type { Call, Route } from "./route";
import { body, describe, query } from "./validate";

/** Each route with its description and validation; who may call it is checked before, by the table. */
export function mount(app: Hono<AppEnv>, routes: readonly Route[]): void {
  for (const route of routes)
    app.on(route.method, [route.path], ...describing(route), ...validating(route), answering(route));
}

function describing({ summary, answer, query: queryShape, body: bodyShape, status, as }: Route): Handler<AppEnv>[] {
  if (summary === null) return [];
  return [describe(summary, answer, queryShape ?? undefined, bodyShape ?? undefined, { status, as })];
}

function validating({ query: queryShape, body: bodyShape }: Route): Handler<AppEnv>[] {
  const validators = [queryShape && query(queryShape), bodyShape && body(bodyShape)];
  return validators.filter((each) => each !== null) as Handler<AppEnv>[];
}

function answering({ query: queryShape, body: bodyShape, status, handle }: Route): Handler<AppEnv> {
  return async (context) => {
    const call: Call = {
      query: queryShape && context.req.valid("query" as never),
      body: bodyShape && context.req.valid("json" as never),
      params: context.req.param() as Readonly<Record<string, string>>,
      context,
    };
    const answer = await handle(call as Call<never, never>);
    if (answer instanceof Response) return answer;
    return status === 204 ? context.body(null, 204) : context.json(answer as object, status);
  };
}
