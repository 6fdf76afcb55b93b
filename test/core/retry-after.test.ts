import { expect, test } from "bun:test";
import { retryAfterMs } from "../../src/core/retry-after";

const date = "Tue, 10 Mar 2026 12:00:00 GMT";

test.each([
  [{ "retry-after": "2" }, 2000],
  [{ "retry-after": "0.25" }, 250],
  [{ "retry-after": "Tue, 10 Mar 2026 12:00:30 GMT", date }, 30_000],
  [{ "retry-after": "Tue, 10 Mar 2026 11:00:00 GMT", date }, 0],
  [{ "retry-after": "Tue, 10 Mar 2026 12:00:30 GMT" }, null],
  [{ "retry-after": "soon", date }, null],
  [{ "retry-after": "-1" }, null],
  [{}, null],
] as const)("%j: %p ms", (headers, ms) => {
  expect(retryAfterMs(new Headers(headers as Record<string, string>))).toBe(ms);
});
