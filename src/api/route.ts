import type { Context } from "hono";
import { z } from "zod";
import type { Actor } from "../auth/accounts";
import type { Principal } from "../auth/caller";
import type { Need } from "../auth/permissions";
import type { AppEnv } from "./access-rule";
import type { LimitName } from "./limits/rate-limits";
import { Problem } from "./problems";

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** The names of a path's parameters: `id` of "/api/alerts/:id". */
type ParamOf<P extends string> = P extends `${string}/:${infer Rest}`
  ? Rest extends `${infer Name}/${infer More}`
    ? Name | ParamOf<`/${More}`>
    : Rest
  : never;

/** A request whose query and body are valid. */
export interface Call<Q = unknown, B = unknown, P extends string = string> {
  readonly query: Q;
  readonly body: B;
  readonly params: Readonly<Record<P, string>>;
  readonly context: Context<AppEnv>;
}

/** Everything that is known of a route: the table of permissions, the limits, the description and the mounting go by it. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly need: Need;
  readonly limit: LimitName;
  /** Null: it is not in the API's description. */
  readonly summary: string | null;
  /** Null: whatever the query is, it is ignored. */
  readonly query: z.ZodType | null;
  readonly body: z.ZodType | null;
  /** Of the body; null: as of most routes. */
  readonly bodyBytesMax: number | null;
  readonly answer: z.ZodType;
  readonly status: 200 | 201 | 204;
  /** The content type of its answer. */
  readonly as: string;
  /** A Response as it is, anything else as JSON. */
  readonly handle: (call: Call<never, never>) => unknown;
}

interface Given<P extends string, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> {
  readonly method: Method;
  readonly path: P;
  readonly need: Need;
  /** `other` where left out. */
  readonly limit?: LimitName;
  readonly summary: string | null;
  /** Where left out: none is taken; of a route with a body it is ignored, as with null. */
  readonly query?: Q | null;
  readonly body?: B;
  readonly bodyBytesMax?: number;
  readonly answer: A;
  readonly status?: Route["status"];
  readonly as?: string;
  readonly handle: (
    call: Call<z.output<Q>, z.output<B>, ParamOf<P>>,
  ) => z.input<A> | Response | Promise<z.input<A> | Response>;
}

export const noQuery = z.strictObject({});

/** A route, its handler held to what its schemas say. Problems are thrown. */
export function route<
  P extends string,
  A extends z.ZodType,
  Q extends z.ZodType = typeof noQuery,
  B extends z.ZodType = z.ZodUndefined,
>({
  limit = "other",
  query,
  body,
  bodyBytesMax,
  status = 200,
  as = "application/json",
  ...rest
}: Given<P, Q, B, A>): Route {
  return {
    ...rest,
    limit,
    query: query === undefined && body === undefined ? noQuery : (query ?? null),
    body: body ?? null,
    bodyBytesMax: bodyBytesMax ?? null,
    status,
    as,
  };
}

/** Who sent it. Throws Problem where it is not known. */
export function principalOf({ context }: Pick<Call, "context">): Principal {
  const { principal } = context.env;
  if (principal === null) throw new Problem("not-signed-in");
  return principal;
}

/** Who sent it and from where, as the audit log names them. */
export function actorOf({ context: { env } }: Pick<Call, "context">): Actor {
  return { who: env.principal?.name ?? "no account", from: env.address };
}

/** Throws Problem `not-found` where there is none. */
export function found<T>(item: T | null): T {
  if (item === null) throw new Problem("not-found");
  return item;
}

export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() });
}

/** A list that is always whole. */
export function itemsOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next_cursor: z.null() });
}
