import { expect, test } from "bun:test";
import { createCheckOrder, type Check } from "../../../ui/pages/check-order";

const checks = (of: Readonly<Record<string, Check["status"]>>) =>
  Object.fromEntries(
    Object.entries(of).map(([name, status]) => [
      name,
      { status, message: "", duration_ms: 1, checked_at: "2026-11-28T10:00:00.000Z" } satisfies Check,
    ]),
  );

test("the worst check comes first, and one that gets better keeps its place", () => {
  const inOrder = createCheckOrder();
  const names = (of: Parameters<typeof checks>[0]) => inOrder(checks(of)).map(([name]) => name);
  expect(names({ clock: "healthy", disk: "healthy", alerts: "unknown" })).toEqual(["alerts", "clock", "disk"]);
  expect(names({ clock: "healthy", disk: "healthy", alerts: "healthy" })).toEqual(["alerts", "clock", "disk"]);
  expect(names({ clock: "healthy", disk: "unhealthy", alerts: "healthy" })).toEqual(["disk", "alerts", "clock"]);
  expect(names({ clock: "degraded", disk: "healthy", alerts: "healthy" })).toEqual(["disk", "clock", "alerts"]);
});
