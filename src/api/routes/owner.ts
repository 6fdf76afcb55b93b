import { z } from "zod";
import type { Actor } from "../../auth/accounts";
import {
  clockConfirmedShape,
  daemonStatusShape,
  type ClockConfirmed,
  type DaemonStatus,
} from "../../views/daemon-status";
import { signInLinkShape } from "../../views/sign-in";
import { actorOf, route, type Route } from "../route";

export interface OwnerDeps {
  readonly status: () => Promise<DaemonStatus>;
  /** Takes a person's word that the clock is right. Throws Problem. */
  readonly confirmClock: (by: Actor) => ClockConfirmed;
  /** A one-time link that signs the owner in. */
  readonly createLink: () => string;
}

const emptyBody = z.strictObject({});

/** What only the machine's owner does, over the control socket; in no description of the API, for over TCP it is refused. */
export function ownerRoutes(deps: OwnerDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/owner/status",
      need: "owner",
      summary: null,
      answer: daemonStatusShape,
      handle: () => deps.status(),
    }),
    route({
      method: "POST",
      path: "/api/owner/clock/confirm",
      need: "owner",
      summary: null,
      body: emptyBody,
      answer: clockConfirmedShape,
      handle: (call) => deps.confirmClock(actorOf(call)),
    }),
    route({
      method: "POST",
      path: "/api/owner/signin-link",
      need: "owner",
      summary: null,
      body: emptyBody,
      answer: signInLinkShape,
      handle: () => ({ url: deps.createLink() }),
    }),
  ];
}
