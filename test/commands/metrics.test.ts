import { expect, test } from "bun:test";
import { catalogue } from "../../src/telemetry/catalogue";
import { virtuoso } from "./program";

test("metrics lists the catalogue, with what labels may say and buckets where it is asked for as JSON", async () => {
  const table = await virtuoso(["metrics"]);
  expect(table.code).toBe(0);
  expect(table.out.trim().split("\n")).toHaveLength(Object.keys(catalogue).length + 1);
  const { out } = await virtuoso(["metrics", "-o", "json"]);
  const entries = JSON.parse(out) as { name: string; labels: Record<string, string>; buckets?: number[] }[];
  expect(entries.map(({ name }) => name)).toEqual(Object.values(catalogue).map(({ name }) => name));
  expect(entries.find(({ name }) => name === "virtuoso_alerts_held_back_total")?.labels["reason"]).toBe(
    "inhibited silenced cooldown cap",
  );
  expect(entries.find(({ name }) => name === "virtuoso_report_ingest_seconds")?.buckets).toContain(0.005);
});
