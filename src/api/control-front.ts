import { atCommandLine } from "../auth/caller";
import type { RequestCaller } from "./access-rule";
import { canonicalPath } from "./canonical-path";
import { readUser, userHeader, versionHeader } from "./control-headers";
import { dateBy } from "./own-clock";
import { Problem, problemResponse } from "./problems";

type App = (request: Request, caller: RequestCaller) => Response | Promise<Response>;

/**
 * The app as the control socket serves it. Who may open the socket is the owner: its mode decides that, and neither
 * hosts, origins, cookies nor limits have a meaning there.
 */
export function createControlFront(
  app: App,
  version: string,
  ownClock: (() => number) | null,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const response = await answer(app, request);
    response.headers.set(versionHeader, version);
    dateBy(ownClock, response);
    return response;
  };
}

function answer(app: App, request: Request): Response | Promise<Response> {
  const path = canonicalPath(new URL(request.url).pathname);
  if (!isServed(path)) return problemResponse(new Problem("not-found", otherVersion));
  const name = readUser(request.headers.get(userHeader));
  if (name === null) return problemResponse(new Problem("validation", undefined, [badUser]));
  return app(request, {
    ...atCommandLine(name),
    path,
    address: "command line",
    secure: false,
    host: null,
    openMetrics: false,
    setIdleTimeout: () => {},
  });
}

const badUser = { path: userHeader, message: "expected 1 to 100 printable characters, percent-encoded" };

/** Before it served the app, the socket had paths of its own; it never had pages. */
const otherVersion = "the command is of another version than the daemon that runs: restart the daemon";

function isServed(path: string): boolean {
  return path.startsWith("/api/") || path === "/healthz" || path === "/readyz" || path === "/metrics";
}
