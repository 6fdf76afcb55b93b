import { expect, test } from "bun:test";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { virtuoso } from "./program";

test("install copies everything but the code, and keeps what its owner changed", async () => {
  const dir = mkdtempSync(join(tmpdir(), "virtuoso-grafana-"));
  try {
    const first = await virtuoso(["grafana", "install", "--dir", dir]);
    expect(first.code).toBe(0);
    for (const path of [
      "alerts.yml",
      "prometheus.yml",
      "alertmanager.yml",
      "compose.yml",
      "README.md",
      "provisioning/datasources/virtuoso.yml",
      "provisioning/dashboards/virtuoso.yml",
    ])
      expect(existsSync(join(dir, path))).toBe(true);
    expect(readdirSync(join(dir, "dashboards"))).toHaveLength(3);
    expect(existsSync(join(dir, "source"))).toBe(false);
    writeFileSync(join(dir, "prometheus.yml"), "# mine\n");
    writeFileSync(join(dir, "alerts.yml"), "# old\n");
    const second = await virtuoso(["grafana", "install", "--dir", dir]);
    expect(second.err).toContain("prometheus.yml");
    expect(readFileSync(join(dir, "prometheus.yml"), "utf8")).toBe("# mine\n");
    expect(readFileSync(join(dir, "alerts.yml"), "utf8")).toContain("VirtuosoDown");
    expect((await virtuoso(["grafana", "install", "--dir", dir, "--force"])).code).toBe(0);
    expect(readFileSync(join(dir, "prometheus.yml"), "utf8")).toContain("job_name: virtuoso");
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test("push makes the folder once and saves every dashboard into it, over what was there", async () => {
  using grafana = startGrafana("glsa_secret");
  const url = `${grafana.url}/grafana`;
  const first = await virtuoso(["grafana", "push", "--url", `${url}/`, "--token", "glsa_secret"]);
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out.trim().split("\n")).toHaveLength(3);
  expect([...grafana.folders]).toEqual(["virtuoso"]);
  expect([...grafana.dashboards.keys()].toSorted()).toEqual([
    "virtuoso-itself",
    "virtuoso-sources-and-scanners",
    "virtuoso-trading-desk",
  ]);
  expect((await virtuoso(["grafana", "push", "--url", url, "--token", "glsa_secret"])).code).toBe(0);
  expect([...grafana.dashboards.values()]).toEqual([2, 2, 2]);
});

test("push says what is wrong, and never the token", async () => {
  using grafana = startGrafana("glsa_secret");
  const refused = await virtuoso(["grafana", "push", "--url", `${grafana.url}/grafana`, "--token", "glsa_other"]);
  expect(refused.code).toBe(1);
  expect(refused.err).toContain("401");
  expect(refused.out + refused.err).not.toContain("glsa_other");
  const anonymous = await virtuoso(["grafana", "push", "--url", "http://127.0.0.1:1", "--token", "glsa_other"]);
  expect(anonymous.code).toBe(3);
  expect(anonymous.out + anonymous.err).not.toContain("glsa_other");
  expect((await virtuoso(["grafana", "push", "--url", "grafana", "--token", "x"])).code).toBe(2);
});

interface StandIn extends Disposable {
  readonly url: string;
  readonly folders: ReadonlySet<string>;
  /** How often each was saved. */
  readonly dashboards: ReadonlyMap<string, number>;
}

const refuse = (status: number, message: string) => Response.json({ message }, { status });

/** Answers and refuses as the HTTP API of Grafana 11 is documented to, below a path as behind a proxy. */
function startGrafana(token: string): StandIn {
  const folders = new Set<string>();
  const dashboards = new Map<string, number>();
  const folderBody = z.strictObject({ uid: z.string().max(40), title: z.string().min(1) });
  const saveBody = z.strictObject({
    dashboard: z.looseObject({
      id: z.null(),
      uid: z.string().max(40),
      title: z.string().min(1),
      schemaVersion: z.number(),
      panels: z.array(z.looseObject({ type: z.string() })),
    }),
    folderUid: z.string(),
    message: z.string(),
    overwrite: z.literal(true),
  });
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      if (request.headers.get("authorization") !== `Bearer ${token}`) return refuse(401, "Invalid API key");
      const { pathname } = new URL(request.url);
      if (request.method === "GET" && pathname.startsWith("/grafana/api/folders/")) {
        const uid = pathname.split("/").at(-1) ?? "";
        return folders.has(uid) ? Response.json({ uid, title: "Virtuoso" }) : refuse(404, "folder not found");
      }
      if (request.method !== "POST") return refuse(404, "Not found");
      if (!request.headers.get("content-type")?.startsWith("application/json"))
        return refuse(415, "Unsupported content type");
      if (pathname === "/grafana/api/folders") {
        const body = folderBody.safeParse(await request.json());
        if (!body.success) return refuse(400, "bad request data");
        if (folders.has(body.data.uid)) return refuse(409, "a folder with that UID already exists");
        folders.add(body.data.uid);
        return Response.json({ ...body.data, id: 1, version: 1 });
      }
      if (pathname !== "/grafana/api/dashboards/db") return refuse(404, "Not found");
      const body = saveBody.safeParse(await request.json());
      if (!body.success) return refuse(400, z.prettifyError(body.error));
      const { dashboard, folderUid } = body.data;
      if (!folders.has(folderUid)) return refuse(404, "folder not found");
      const saves = (dashboards.get(dashboard.uid) ?? 0) + 1;
      dashboards.set(dashboard.uid, saves);
      return Response.json({
        id: 1,
        uid: dashboard.uid,
        url: `/grafana/d/${dashboard.uid}/x`,
        status: "success",
        version: saves,
        slug: "x",
      });
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    folders,
    dashboards,
    [Symbol.dispose]: () => void server.stop(true),
  };
}
