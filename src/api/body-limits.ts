import type { MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { nestsDeeperThan } from "../core/nesting";
import { routeOf, type AppEnv } from "./access-rule";
import { Problem, problemResponse } from "./problems";
import type { Route } from "./route";

const usualBytesMax = 1024 * 1024;

/** Refuses a body of more bytes than its route takes. */
export function limitBody(table: ReadonlyMap<string, Route>): MiddlewareHandler<AppEnv> {
  const usual = limitOf(usualBytesMax);
  const own = new Map(
    [...table].flatMap(([name, { bodyBytesMax: max }]) => (max === null ? [] : [[name, limitOf(max)]])),
  );
  return (context, next) => (own.get(routeOf(context) ?? "") ?? usual)(context, next);
}

function limitOf(maxSize: number): MiddlewareHandler<AppEnv> {
  return bodyLimit({ maxSize, onError: () => problemResponse(new Problem("too-large")) });
}

const nestedMax = 32;

/** Looked at before it is parsed: a parser, and what walks its result, goes as deep as it is sent. */
export const limitDepth: MiddlewareHandler<AppEnv> = async (context, next) => {
  const isJson = /json/i.test(context.req.header("content-type") ?? "");
  if (isJson && nestsDeeperThan(new Uint8Array(await context.req.arrayBuffer()), nestedMax))
    throw new Problem("validation", `The body is nested deeper than ${nestedMax} levels.`);
  await next();
};
