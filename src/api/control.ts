import { Hono } from "hono";
import { z } from "zod";
import type { Actor } from "../auth/accounts";
import type { OwnerAccess } from "../auth/owner-access";
import { Refused } from "../auth/refused";
import { roles } from "../auth/roles";
import type { ScannerRun } from "../views/scanner-run";
import { retriedOf, type RetriedFile } from "../views/retried";
import { problemOfRefused } from "./access/access-api";
import { Problem, problemResponse } from "./problems";
import { scanBody } from "./queries";
import { body, query } from "./validate";

/** What the machine's owner may ask of the running daemon over its socket in the data folder. */
export interface ControlDeps {
  readonly status: () => Promise<object>;
  /** Throws Problem. */
  readonly changeConfig: (change: { patch?: unknown; unset?: readonly string[]; who: string }) => object;
  /** Runs a scanner now and answers how it fared. Throws Problem where there is none of that name. */
  readonly scan: (name: string) => Promise<ScannerRun>;
  /** Answers what came of each file. */
  readonly retryQuarantine: (file: string | null) => Promise<RetriedFile[]>;
  /** Takes the owner's word that the clock is right. Throws Problem. */
  readonly confirmClock: (who: string) => object;
  readonly access: OwnerAccess;
  /** A one-time link that signs the owner in. */
  readonly createLink: () => string;
  readonly failed: (error: unknown) => void;
  /** The word for what the database answered; null where the error is none of its. */
  readonly storeFailed: (error: unknown) => string | null;
}

const who = z.string().min(1).max(100);
const changeSchema = z.strictObject({
  patch: z.record(z.string(), z.unknown()).optional(),
  unset: z.array(z.string().max(100)).max(100).optional(),
  who,
});
const retrySchema = z.strictObject({ file: z.string().min(1).max(1000).optional() });

export function createControl(deps: ControlDeps): Hono {
  const app = new Hono();
  app.notFound(() => problemResponse(new Problem("not-found")));
  app.onError((error) => {
    if (error instanceof Problem) return problemResponse(error);
    if (error instanceof Refused) return problemResponse(problemOfRefused(error));
    const fault = deps.storeFailed(error);
    if (fault !== null) return problemResponse(new Problem("unavailable", fault));
    deps.failed(error);
    return problemResponse(new Problem("internal"));
  });
  app.get("/status", query(z.strictObject({})), async (context) => context.json(await deps.status()));
  app.post("/config", body(changeSchema), (context) => {
    const { patch, unset, who } = context.req.valid("json");
    return context.json({
      config: deps.changeConfig({ ...(patch ? { patch } : {}), ...(unset ? { unset } : {}), who }),
    });
  });
  app.post("/scan", body(scanBody), async (context) => context.json(await deps.scan(context.req.valid("json").name)));
  app.post("/quarantine/retry", body(retrySchema), async (context) =>
    context.json(retriedOf(await deps.retryQuarantine(context.req.valid("json").file ?? null))),
  );

  app.post("/clock/confirm", body(z.strictObject({ who })), (context) =>
    context.json(deps.confirmClock(context.req.valid("json").who)),
  );

  const { access } = deps;
  app.get("/users", query(z.strictObject({})), (context) => context.json({ items: access.users() }));
  app.post("/users", body(userSchema), async (context) => {
    const { who, ...wanted } = context.req.valid("json");
    return context.json({ name: await access.addUser(wanted, atTheCommandLine(who)) });
  });
  app.post("/users/remove", body(nameSchema), (context) => {
    const { name, who } = context.req.valid("json");
    access.removeUser(name, atTheCommandLine(who));
    return context.json({ name });
  });
  app.get("/tokens", query(z.strictObject({})), (context) => context.json({ items: access.apiTokens() }));
  app.post("/tokens", body(tokenSchema), (context) => {
    const { who, expires_at: expiresAt, ...wanted } = context.req.valid("json");
    return context.json({ token: access.createToken({ ...wanted, expiresAt }, atTheCommandLine(who)) });
  });
  app.post("/tokens/revoke", body(nameSchema), (context) => {
    const { name, who } = context.req.valid("json");
    access.revokeToken(name, atTheCommandLine(who));
    return context.json({ name });
  });
  app.post("/signin-link", body(z.strictObject({})), (context) => context.json({ url: deps.createLink() }));
  return app;
}

const userSchema = z.strictObject({
  name: z.string().max(200),
  role: z.enum(roles),
  password: z.string().max(1024),
  who,
});
const nameSchema = z.strictObject({ name: z.string().max(200), who });
const tokenSchema = z.strictObject({
  name: z.string().max(200),
  role: z.enum(roles),
  expires_at: z.number().nullable(),
  who,
});

function atTheCommandLine(user: string): Actor {
  return { who: user, from: "command line" };
}
