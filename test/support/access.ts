import type { Role } from "../../src/auth/roles";
import { controlSocketPath } from "../../src/daemon/control-socket";
import { startTestDaemon, type TestDaemon, type TestDaemonOptions } from "./daemon";

/** A daemon where one must sign in, and its owner's way of letting people in. */
export interface GuardedDaemon extends TestDaemon {
  addUser(name: string, role: Role): Promise<void>;
  /** The password of everybody here. */
  readonly password: string;
  token(name: string, role: Role): Promise<string>;
  /** Asks the owner's socket. */
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
    const answer = await fetch(`http://virtuoso${path}`, {
      unix: controlSocketPath(daemon.data),
      method: "POST",
      headers: json,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const guarded = {
    addUser: async (name: string, role: Role) => void (await owner("/users", { name, role, password, who: "test" })),
    password,
    token: async (name: string, role: Role) =>
      ((await (await owner("/tokens", { name, role, expires_at: null, who: "test" })).json()) as { token: string })
        .token,
    owner,
    post,
    signIn: async (name: string) => await signedIn(await post("/api/auth/login", { username: name, password })),
  };
  return Object.defineProperties(guarded, Object.getOwnPropertyDescriptors(daemon)) as GuardedDaemon;
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
