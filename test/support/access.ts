import { userHeader } from "../../src/api/control-headers";
import type { Role } from "../../src/core/roles";
import { controlSocketPath } from "../../src/daemon/control-socket";
import { startTestDaemon, type TestDaemon, type TestDaemonOptions } from "./daemon";

/** A daemon where one must sign in, and its owner's way of letting people in. */
export interface GuardedDaemon extends TestDaemon {
  addUser(name: string, role: Role): Promise<void>;
  /** The password of everybody here. */
  readonly password: string;
  token(name: string, role: Role): Promise<string>;
  /** Sends a change over the control socket, as `test` at the command line. */
  owner(path: string, body: object): Promise<Response>;
  post(path: string, body: object, headers?: Record<string, string>): Promise<Response>;
  signIn(name: string): Promise<SignedIn>;
}

/** A page's session: what its browser keeps. */
export interface SignedIn {
  /** The `Cookie` header of all it was given. */
  readonly cookie: string;
  readonly csrf: string;
  /** The access token in it. */
  readonly access: string;
  readonly setCookies: readonly string[];
}

const password = "a lamp over green water";

export async function startGuardedDaemon(options: TestDaemonOptions = {}): Promise<GuardedDaemon> {
  const daemon = await startTestDaemon({ scanning: false, ...options, auth: "required" });
  const json = { "content-type": "application/json" };
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${daemon.url}${path}`, { method: "POST", headers: { ...json, ...headers }, body: JSON.stringify(body) });
  const owner = async (path: string, body: object) => {
    const init = { method: "POST", headers: { ...json, [userHeader]: "test" }, body: JSON.stringify(body) };
    const answer = await overSocket(daemon.data, path, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const guarded = {
    addUser: async (name: string, role: Role) => void (await owner("/api/users", { username: name, role, password })),
    password,
    token: async (name: string, role: Role) =>
      ((await (await owner("/api/tokens", { name, role })).json()) as { token: string }).token,
    owner,
    post,
    signIn: async (name: string) => await signedIn(await post("/api/auth/login", { username: name, password })),
  };
  return Object.defineProperties(guarded, Object.getOwnPropertyDescriptors(daemon)) as GuardedDaemon;
}

/** Sends a request over the control socket of a data folder. */
export function overSocket(data: string, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`http://virtuoso${path}`, { ...init, unix: controlSocketPath(data) });
}

/** What a browser keeps of an answer that signs it in. */
export async function signedIn(answer: Response): Promise<SignedIn> {
  if (!answer.ok) throw new Error(`not signed in: ${answer.status} ${await answer.text()}`);
  const setCookies = answer.headers.getSetCookie();
  const pairs = setCookies.map((each) => each.split(";")[0] ?? "");
  const { csrf_token: csrf } = (await answer.json()) as { csrf_token: string };
  return {
    cookie: pairs.join("; "),
    csrf,
    access: pairs.find((pair) => !/^(__Host-)?virtuoso_(refresh|device)/.test(pair))?.split("=")[1] ?? "",
    setCookies,
  };
}

export function bearer(token: string): { readonly headers: Record<string, string> } {
  return { headers: { authorization: `Bearer ${token}` } };
}
