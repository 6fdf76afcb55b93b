import { Provider } from "oidc-provider";
import type { Server } from "node:http";

/** A real OpenID Connect provider on loopback, with people of its own. */
export interface TestProvider extends AsyncDisposable {
  readonly issuer: string;
  /**
   * Goes with a browser's cookies from `url` through signing in and consenting as `login`; answers the last redirect,
   * which leads away from here.
   */
  walk(url: string, login: string): Promise<string>;
}

export const client = { id: "virtuoso", secret: "a secret of the provider's client" };

/** `groups`: of each login, as the provider gives them. */
export async function startIdentityProvider(
  redirectUri: string,
  groups: Readonly<Record<string, readonly string[]>>,
): Promise<TestProvider> {
  const { server, issuer } = await freePort();
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [redirectUri],
        post_logout_redirect_uris: [new URL("/signin", redirectUri).href],
        response_types: ["code"],
        grant_types: ["authorization_code"],
      },
    ],
    claims: { openid: ["sub"], profile: ["preferred_username", "groups"] },
    findAccount: (_context: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id, groups: groups[id] ?? [] }),
    }),
    pkce: { required: () => true },
    cookies: { keys: ["of the test"] },
  });
  const answer = provider.callback();
  server.on("request", (request, response) => void answer(request, response));
  return {
    issuer,
    async walk(url, login) {
      const jar = new Map<string, string>();
      let next = url;
      for (let steps = 0; steps < 20; steps++) {
        const answer = await visit(next, jar);
        const location = answer.headers.get("location");
        if (location !== null) {
          next = new URL(location, next).href;
          if (!next.startsWith(issuer)) return next;
          continue;
        }
        const page = await answer.text();
        const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
        const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1];
        if (action === undefined || prompt === undefined)
          throw new Error(`the provider says ${answer.status}: ${page.slice(0, 500)}`);
        const posted = await visit(
          new URL(action, next).href,
          jar,
          new URLSearchParams({ prompt, login, password: "any" }),
        );
        next = new URL(posted.headers.get("location") ?? "", next).href;
      }
      throw new Error("the provider leads in circles");
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function freePort(): Promise<{ server: Server; issuer: string }> {
  const { createServer } = await import("node:http");
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { server, issuer: `http://127.0.0.1:${address.port}` };
}

async function visit(url: string, jar: Map<string, string>, form?: URLSearchParams): Promise<Response> {
  const answer = await fetch(url, {
    redirect: "manual",
    headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
    ...(form ? { method: "POST", body: form } : {}),
  });
  for (const each of answer.headers.getSetCookie()) {
    const [name = "", value = ""] = (each.split(";")[0] ?? "").split(/=(.*)/s);
    jar.set(name, value);
  }
  return answer;
}
