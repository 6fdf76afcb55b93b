import { z } from "zod";
import { version } from "../../version";
import { Failed, Unreachable } from "../exit";
import { plain } from "../print/plain";
import { printLine } from "../print/print";
import { shippedFiles } from "./shipped";

const folder = { uid: "virtuoso", title: "Virtuoso" };
const timeoutMs = 15_000;

const savedSchema = z.object({ status: z.string(), url: z.string() });
const refusedSchema = z.object({ message: z.string() });

/** Makes the folder where it is missing and saves every dashboard into it, over what was there before. */
export async function push({ url, token }: { readonly url: string; readonly token: string }): Promise<void> {
  const call = (method: "GET" | "POST", path: string, body?: object) => request(url, token, method, path, body);
  const found = await call("GET", `/api/folders/${folder.uid}`);
  if (found.status === 404) await expectDone("the folder", await call("POST", "/api/folders", folder), z.unknown());
  else await expectDone("the folder", found, z.unknown());
  for (const { path, text } of shippedFiles()) {
    if (!path.startsWith("dashboards/")) continue;
    const dashboard = z.object({ title: z.string() }).loose().parse(JSON.parse(text));
    const answer = await call("POST", "/api/dashboards/db", {
      dashboard: { ...dashboard, id: null },
      folderUid: folder.uid,
      message: `virtuoso ${version}`,
      overwrite: true,
    });
    const saved = await expectDone(dashboard.title, answer, savedSchema);
    printLine(plain(`${new URL(url).origin}${saved.url}`));
  }
}

async function request(url: string, token: string, method: string, path: string, body?: object): Promise<Response> {
  try {
    return await fetch(`${url}${path}`, {
      method,
      // The token goes to this address and nowhere else.
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json",
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch (error) {
    throw new Unreachable(`${url} does not answer: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function expectDone<T>(what: string, response: Response, shape: z.ZodType<T>): Promise<T> {
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const refused = refusedSchema.safeParse(answer);
    throw new Failed(
      plain(
        `Grafana did not take ${what}: ` +
          `${response.status}${refused.success ? ` ${refused.data.message.slice(0, 300)}` : ""}${hintFor(response.status)}`,
      ),
    );
  }
  const done = shape.safeParse(answer);
  if (!done.success) throw new Failed(`what answered for ${what} is no Grafana`);
  return done.data;
}

function hintFor(status: number): string {
  if (status === 401) return "; is the token right?";
  if (status === 403) return "; the token needs to create folders and to write dashboards: role Editor";
  return "";
}
