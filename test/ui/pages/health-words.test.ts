import { expect, test } from "bun:test";
import { healthWords } from "../../../ui/pages/health-words";
import { judgeAlerts } from "../../../src/views/health-checks";
import type { Found } from "../../../src/views/health";

const checks = (found: Readonly<Record<string, Found>>) =>
  Object.fromEntries(
    Object.entries(found).map(([name, each]) => [
      name,
      { ...each, checked_at: "2026-01-01T00:00:00.000Z", duration_ms: 0 },
    ]),
  );

test("the verdict names the worst two without their reasons, and counts the others", () => {
  const failing = "failed 2 times in a row: none of 52 series could be had: it answered 500; last success 3 min ago";
  expect(
    healthWords(
      checks({
        "alerts": judgeAlerts(["The scanner candles:bybit fails: none of 52 series could be had.", "Disk: 99 %"]),
        "quarantine": { status: "degraded", message: "2 files could not be read" },
        "scanner candles:bybit": { status: "unhealthy", message: failing },
        "clock": { status: "healthy", message: "it runs steadily" },
      }),
    ),
  ).toBe("scanner candles bybit: failed 2 times in a row; quarantine: 2 files could not be read; and 1 more");
  expect(healthWords(checks({ alerts: judgeAlerts(["Disk: 99 %", "Memory: 99 %"]) }))).toBe("alerts: 2 firing");
});

test("what is not known is no comfort", () => {
  expect(healthWords(checks({ "source reports": { status: "unknown", message: "no data" } }))).toBe(
    "not known: source reports",
  );
  expect(healthWords({})).toBe("nothing is known to be wrong");
});
