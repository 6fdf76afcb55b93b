import { Hono } from "hono";
import { z } from "zod";
import { Problem, problemResponse } from "./problems";
import { body, query } from "./validate";

/** What the machine's owner may ask of the running daemon over its socket in the data folder. */
export interface ControlDeps {
  readonly status: () => object;
  /** Throws Problem. */
  readonly changeConfig: (change: { patch?: unknown; unset?: readonly string[]; who: string }) => object;
  /** Runs a scanner now and answers how it fared. Throws Problem where there is none of that name. */
  readonly scan: (name: string) => Promise<object>;
  /** Answers the files that are read again. */
  readonly retryQuarantine: (file: string | null) => string[];
  readonly failed: (error: unknown) => void;
}

const changeSchema = z.strictObject({
  patch: z.record(z.string(), z.unknown()).optional(),
  unset: z.array(z.string().max(100)).max(100).optional(),
  who: z.string().min(1).max(100),
});
const retrySchema = z.strictObject({ file: z.string().min(1).max(1000).optional() });

export function createControl(deps: ControlDeps): Hono {
  const app = new Hono();
  app.notFound(() => problemResponse(new Problem("not-found")));
  app.onError((error) => {
    if (error instanceof Problem) return problemResponse(error);
    deps.failed(error);
    return problemResponse(new Problem("internal"));
  });
  app.get("/status", query(z.strictObject({})), (context) => context.json(deps.status()));
  app.post("/config", body(changeSchema), (context) => {
    const { patch, unset, who } = context.req.valid("json");
    return context.json({ config: deps.changeConfig({ ...(patch ? { patch } : {}), ...(unset ? { unset } : {}), who }) });
  });
  app.post("/scan", body(z.strictObject({ name: z.string().min(1).max(100) })), async (context) => context.json(await deps.scan(context.req.valid("json").name)));
  app.post("/quarantine/retry", body(retrySchema), (context) => context.json({ retried: deps.retryQuarantine(context.req.valid("json").file ?? null) }));
  return app;
}
