import { expect, test } from "bun:test";
import { routesOf } from "../../src/api/access-rule";
import { createApp, type AppDeps } from "../../src/api/app";
import { allRoutes, type RouteDeps } from "../../src/api/routes";
import { anything } from "../support/routes";

/** `/api/decisions/:id` was there before `/api/decisions/counts`, and answered for it. */
test("no route stands behind one whose parameter takes its place", () => {
  const routes = routesOf(createApp(anything as AppDeps, allRoutes(anything as RouteDeps))).map((route) => {
    const [method = "", path = ""] = route.split(" ");
    return { method, path };
  });
  expect(routes.length).toBeGreaterThan(50);
  const hidden = routes.flatMap(({ method, path }, index) =>
    routes
      .slice(0, index)
      .filter((before) => before.method === method && before.path !== path && matches(before.path, path))
      .map((before) => `${method} ${path} behind ${before.path}`),
  );
  expect(hidden).toEqual([]);
});

function matches(pattern: string, path: string): boolean {
  const parts = pattern.split("/");
  const words = path.split("/");
  return parts.length === words.length && parts.every((part, index) => part.startsWith(":") || part === words[index]);
}
