import type { Hono } from "hono";
import type { z } from "zod";
import type { Actor } from "../../auth/accounts";
import type { DaemonStatus } from "../../views/daemon-status";
import type { AppEnv } from "../access-rule";
import { noQuery } from "../queries";
import { body, query } from "../validate";
import { actorOf } from "./access-api";
import { emptyBody, type clockConfirmedShape, type signInLinkShape } from "./shapes";

/** What only the machine's owner does, over the control socket. */
export interface OwnerApi {
  readonly status: () => Promise<DaemonStatus>;
  /** Takes a person's word that the clock is right. Throws Problem. */
  readonly confirmClock: (by: Actor) => z.infer<typeof clockConfirmedShape>;
  /** A one-time link that signs the owner in. */
  readonly createLink: () => string;
}

/** They are in no description of the API: over TCP they are refused. */
export function addOwnerRoutes(app: Hono<AppEnv>, owner: OwnerApi): void {
  app.on("GET", "/api/owner/status", query(noQuery), async (context) => context.json(await owner.status()));
  app.on("POST", "/api/owner/clock/confirm", body(emptyBody), (context) =>
    context.json(owner.confirmClock(actorOf(context)) satisfies z.infer<typeof clockConfirmedShape>),
  );
  app.on("POST", "/api/owner/signin-link", body(emptyBody), (context) =>
    context.json({ url: owner.createLink() } satisfies z.infer<typeof signInLinkShape>),
  );
}
