import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { everyRoute } from "../support/routes";
import { startTestDaemon } from "../support/daemon";

setDefaultTimeout(30_000);

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { name: string; in: string; required: boolean; schema: object }[];
  readonly requestBody?: { content: Record<string, { schema: { properties?: Record<string, unknown> } }> };
  readonly responses: Record<string, { content?: Record<string, unknown> }>;
}

interface Document {
  readonly openapi: string;
  readonly info: { title: string; version: string };
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { schemas: Record<string, unknown> };
}

test("the description names every route, and every name in it leads somewhere", async () => {
  await using given = await startTestDaemon({ scanning: false });
  const document = await given.get<Document>("/api/openapi.json");
  expect(document.openapi).toMatch(/^3\.1\.\d$/);
  expect(document.info).toMatchObject({
    title: "Virtuoso",
    version: (JSON.parse(readFileSync(join(import.meta.dir, "../../package.json"), "utf8")) as { version: string })
      .version,
  });

  const registered = everyRoute().flatMap(({ method, path, summary }) =>
    summary === null ? [] : [`${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, "{$1}")}`],
  );
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  expect(described.toSorted()).toEqual(registered.toSorted());
  for (const named of [
    "get /api/dashboard/overview",
    "get /api/dashboard/alerts/recent",
    "get /api/dashboard/config",
    "post /api/dashboard/config",
    "get /api/dashboard/health",
    "get /healthz",
    "get /readyz",
    "get /metrics",
  ]) {
    expect(described).toContain(named);
  }

  const names = new Set<string>();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const at = `${method} ${path}`;
      expect({ at, summary: operation.summary?.length ?? 0 }).not.toEqual({ at, summary: 0 });
      expect({
        at,
        declared: (operation.parameters ?? []).filter((each) => each.in === "path").map(({ name }) => name),
      }).toEqual({ at, declared: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "") });
      expect({ at, answered: Object.keys(operation.responses).some((status) => status.startsWith("20")) }).toEqual({
        at,
        answered: true,
      });
      expect({ at, hasBody: operation.requestBody !== undefined }).toEqual({
        at,
        hasBody: ["post", "patch", "put"].includes(method),
      });
      names.add(at);
    }
  }
  expect(
    Object.keys(
      document.paths["/api/dashboard/config"]?.["post"]?.requestBody?.content["application/json"]?.schema.properties ??
        {},
    ),
  ).toEqual(["monitoring", "signals", "alpha"]);

  for (const [, pointer] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
    const found = (pointer ?? "")
      .split("/")
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document);
    expect({ pointer, found: found !== undefined }).toEqual({ pointer, found: true });
  }
});
