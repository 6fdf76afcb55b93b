import { expect, test } from "bun:test";
import { judgeCertificate } from "../../../../src/views/health-checks";
import { Deciding, hours, noon } from "../../../support/deciding";

const days = 24 * hours;
const spanOf = (lifeDays: number) => ({ name: "desk.example", startsAt: noon, endsAt: noon + lifeDays * days });
const read = (history: Deciding, certificate: ReturnType<typeof spanOf> | null, receivedAt: number) =>
  history.show({ kind: "certificate-read", receivedAt, certificate });

test.each([
  [90, 68.9, 69, 86.9, 87],
  [6, 4.4, 4.5, 5.3, 5.4],
] as const)(
  "one of %d days is spoken of twice before its end, and both end when it is renewed",
  (life, before, soon, between, imminent) => {
    const history = new Deciding();
    read(history, spanOf(life), noon);
    expect(history.tick(noon + before * days).raised).toEqual([]);
    expect(history.tick(noon + soon * days).raised).toMatchObject([
      { rule: "certificate-ending", priority: "medium", type: "SYSTEM" },
    ]);
    expect(history.tick(noon + between * days).raised).toEqual([]);
    expect(history.tick(noon + imminent * days).raised).toMatchObject([
      { rule: "certificate-ending", priority: "high" },
    ]);
    expect(read(history, spanOf(900), noon + imminent * days).changed).toMatchObject([
      { state: "resolved", reason: "condition-over" },
      { state: "resolved", reason: "condition-over" },
    ]);
  },
);

test("without TLS nothing is left to say", () => {
  const history = new Deciding();
  read(history, spanOf(90), noon + 80 * days);
  expect(read(history, null, noon + 81 * days).changed).toMatchObject([{ reason: "gone" }]);
});

test.each([
  [80, null, "degraded", "that of desk.example ends in 10 d, on 2026-05-31 12:00 UTC"],
  [10, null, "healthy", "that of desk.example ends in 80 d, on 2026-05-31 12:00 UTC"],
  [91, null, "unhealthy", "that of desk.example ended 24 h ago, on 2026-05-31 12:00 UTC"],
  [
    10,
    "it ended",
    "degraded",
    "that of desk.example ends in 80 d, on 2026-05-31 12:00 UTC; the new one is refused: it ended",
  ],
] as const)("after %d days, refused %p: its health is %s", (after, refused, status, message) => {
  expect(judgeCertificate({ ...spanOf(90), refused }, noon + after * days)).toEqual({ status, message });
});
