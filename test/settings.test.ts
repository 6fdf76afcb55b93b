import { expect, test } from "bun:test";
import { openTestWriter } from "./support/writer";

test("settings are recorded at a start where they are not those that held last, and only then", async () => {
  using given = await openTestWriter(Date.parse("2026-03-02T12:00:00Z"));
  const { settings, writer, reader } = given;
  const history = () => reader.settingsHistory(10);
  const [held, ...before] = history();
  expect(before).toEqual([]);
  settings.begin(writer, held?.settings ?? null);
  expect(history()).toHaveLength(1);

  const otherProgram = JSON.stringify({ ...settings.settings, freshForMs: 1 });
  settings.begin(writer, otherProgram);
  expect(history()).toHaveLength(2);
  expect(history()[0]).toMatchObject({ who: "config file", settings: held?.settings });
});
