import { z } from "zod";
import { actorOf, route, type Route } from "../route";

/** What a page says that failed: enough to find the fault, and no more. */
const browserError = z.strictObject({
  message: z.string().min(1).max(500),
  stack: z.string().max(4000).optional(),
  /** Path of the page, without its query. */
  page: z.string().max(300),
  /** Of the program that served it. */
  version: z.string().max(40),
});
export type BrowserError = z.infer<typeof browserError>;

export interface ErrorDeps {
  readonly browserFailed: (error: BrowserError, who: string) => void;
}

export function errorRoutes(deps: ErrorDeps): Route[] {
  return [
    route({
      method: "POST",
      path: "/api/errors",
      need: "signed-in",
      summary: "Records an error that a browser met on a page",
      body: browserError,
      answer: z.null(),
      status: 204,
      handle(call) {
        deps.browserFailed(call.body, actorOf(call).who);
        return null;
      },
    }),
  ];
}
