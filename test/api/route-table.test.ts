import { expect, test } from "bun:test";
import { z } from "zod";
import { route } from "../../src/api/route";
import { limitsOf, needsOf, tableOf } from "../../src/api/route-table";

const answer = z.object({});
const handle = () => ({});
const read = route({
  method: "GET",
  path: "/api/lamps",
  need: "dashboard.view",
  limit: "overview",
  summary: "Lamps",
  answer,
  handle,
});
const removed = route({
  method: "DELETE",
  path: "/api/lamps/:id",
  need: "owner",
  limit: "configWrite",
  summary: "A lamp goes",
  answer,
  handle,
});
const opened = route({ method: "GET", path: "/api/doors", need: "anyone", summary: "Doors", answer, handle });

test("what a route needs stands in the table by its method and path", () => {
  expect(needsOf([read, removed])).toEqual({ "GET /api/lamps": "dashboard.view", "DELETE /api/lamps/:id": "owner" });
});

test("a request draws from the limit of its route, also by HEAD and whatever its parameter is", () => {
  const limitOf = limitsOf([read, removed, opened]);
  expect(limitOf("GET", "/api/lamps")).toBe("overview");
  expect(limitOf("HEAD", "/api/lamps")).toBe("overview");
  expect(limitOf("POST", "/api/lamps")).toBe("other");
  expect(limitOf("DELETE", "/api/lamps/3.x")).toBe("configWrite");
  expect(limitOf("GET", "/api/doors")).toBe("other");
  expect(limitOf("GET", "/ui/main.js")).toBe("assets");
});

test("two routes of one method and path are a mistake", () => {
  expect(() => tableOf([read, opened, read])).toThrow("two routes have one method and path");
});
