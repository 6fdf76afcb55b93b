import { expect, test } from "bun:test";
import { z } from "zod";
import { route } from "../../src/api/route";
import type { DaemonParts } from "../../src/daemon/parts";
import type { Section } from "../../src/daemon/section";
import { allSections } from "../../src/sections";
import type { HealthShape } from "../../src/views/health";
import { startTestDaemon, until } from "../support/daemon";
import { aSignal } from "../support/reports";

/** A capability is one section and one line of the index: all that it adds is there without another edit. */

const happened: string[] = [];

/** Has one of everything that a section may have. */
function dummySection({ metrics }: DaemonParts): Section {
  return {
    name: "dummy",
    scanners: () => [
      { name: "dummy", times: () => ({ intervalMs: 60_000, timeoutMs: 1000 }), scan: async () => "it was here" },
    ],
    routes: [
      route({
        method: "GET",
        path: "/api/dummy",
        need: "dashboard.view",
        summary: "Answers as the dummy",
        answer: z.object({ dummy: z.boolean() }),
        handle: () => ({ dummy: true }),
      }),
    ],
    gauges: () => metrics.marketAge.set(4711),
    committed: ({ recorded }) =>
      void happened.push(...recorded.map(({ observation }) => `committed ${observation.kind}`)),
    health: () => [{ name: "dummy", judge: () => ({ status: "degraded", message: "it is a dummy" }) }],
    maintain: [{ everyMs: 5, run: () => void happened.push("upkeep") }],
    follow: async () => void happened.push("followed"),
    start() {
      happened.push("started");
      return { [Symbol.dispose]: () => void happened.push("stopped") };
    },
  };
}

test("what one more section adds is answered, described, scanned, scraped, judged, notified of commits, kept up and stopped", async () => {
  const daemon = await startTestDaemon({ sections: [...allSections, dummySection] });
  try {
    daemon.drop("one.json", aSignal().body(Date.now()));
    await until("the commit of the report", () => happened.includes("committed report"));
    await until("the scan", async () => {
      const scans = await (await fetch(`${daemon.url}/metrics`)).text();
      return scans.includes('virtuoso_scans_total{scanner="dummy",outcome="succeeded"} 1');
    });
    const page = await (await fetch(`${daemon.url}/metrics`)).text();
    expect(page).toContain("virtuoso_market_age_seconds 4711");
    // The names of its scanners are known before anything happens to them.
    expect(page).toContain('virtuoso_scans_total{scanner="dummy",outcome="failed"} 0');
    expect(await daemon.get<object>("/api/dummy")).toEqual({ dummy: true });
    const { paths } = await daemon.get<{ paths: object }>("/api/openapi.json");
    expect(Object.keys(paths)).toContain("/api/dummy");
    const { checks } = await daemon.get<HealthShape>("/api/dashboard/health");
    expect(checks["dummy"]).toMatchObject({ status: "degraded", message: "it is a dummy" });
    expect(checks["scanner:dummy"]?.status).toBe("healthy");
    await until("the upkeep", () => happened.includes("upkeep"));
    expect(happened.filter((each) => each === "started" || each === "followed")).toEqual(["started", "followed"]);
  } finally {
    await daemon[Symbol.asyncDispose]();
  }
  // Upkeep that was not stopped would go on every 5 ms.
  await Bun.sleep(50);
  const ended = happened.indexOf("stopped");
  expect(ended).toBeGreaterThan(0);
  expect(happened.slice(ended + 1)).not.toContain("upkeep");
});

test("a section is switched off by leaving it out", async () => {
  await using daemon = await startTestDaemon({ sections: allSections.filter(({ name }) => name !== "hostSection") });
  const { checks } = await daemon.get<HealthShape>("/api/dashboard/health");
  expect(Object.keys(checks)).not.toContain("disk");
  expect(Object.keys(checks)).toContain("database");
});
