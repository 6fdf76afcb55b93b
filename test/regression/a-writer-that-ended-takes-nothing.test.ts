import { expect, test } from "bun:test";
import { openTestWriter } from "../support/writer";

test("what is submitted after the end is answered, and no timer meets a closed database", async () => {
  const given = await openTestWriter(Date.parse("2026-03-02T12:00:00Z"));
  given[Symbol.dispose]();
  const marked: string[] = [];
  expect(await given.writer.submit({ mark: () => marked.push("it ran") })).toBe(false);
  expect(marked).toEqual([]);
});
