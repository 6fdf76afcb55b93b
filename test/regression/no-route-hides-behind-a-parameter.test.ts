import { expect, test } from "bun:test";
import { everyRoute } from "../support/routes";

/** `/api/decisions/:id` was there before `/api/decisions/counts`, and answered for it. */
test("no route stands behind one whose parameter takes its place", () => {
  const routes = everyRoute();
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
