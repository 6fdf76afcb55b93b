import { expect, setDefaultTimeout, test } from "bun:test";
import type { RoutePreviewShape, RoutesShape } from "../../src/views/routes";
import { startTestDaemon, until } from "../support/daemon";
import { aSignal } from "../support/reports";
import { virtuoso, virtuosoOnTerminal } from "./program";

setDefaultTimeout(60_000);

const config = `import { defineConfig, hours, webhook } from "virtuoso";
  export default defineConfig({
    channels: [webhook({ name: "hook", url: "http://127.0.0.1:1/" })],
    calendars: { night: hours("22:00-07:00", "UTC") },
    routes: [{ name: "desk", match: [{ name: "priority", op: ">=", value: "medium" }], quiet: "night",
      steps: [{ to: ["hook"] }, { after: "5m", to: ["hook"], unless: "acknowledged" }] }],
  });`;

test("routes are listed at 60 columns and tried on the past, with the daemon and without", async () => {
  await using desk = await startTestDaemon({ config });
  desk.drop("a.json", aSignal({ strength: 95 }).body(Date.now()));
  await until("the alert", async () => (await desk.get<unknown[]>("/api/dashboard/alerts/recent")).length > 0);
  const table = Bun.stripANSI(await virtuosoOnTerminal(["route", "--data", desk.data], 60));
  expect(table).toMatch(/desk +priority>=medium +hook, then after 5m.*night/);
  const run = async (words: string) => (await virtuoso([...words.split(" "), "--data", desk.data, "-o", "json"])).out;
  const given = await desk.get<RoutesShape>("/api/routes");
  expect(JSON.parse(await run("route list"))).toEqual(given.items);
  const days = JSON.parse(await run("route preview")) as RoutePreviewShape["days"];
  // The later step may be the next day's.
  expect(days.reduce((sum, { sent }) => sum + sent, 0)).toBe(2);
  await desk.daemon[Symbol.asyncDispose]();
  const withConfig = `--config ${desk.folder}/virtuoso.config.ts`;
  expect(JSON.parse(await run(`route list ${withConfig}`))).toEqual(given.items);
  expect(JSON.parse(await run(`route preview ${withConfig}`))).toEqual(days);
});
