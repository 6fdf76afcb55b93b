import { expect, test } from "bun:test";
import { virtuoso } from "./program";

const completionsOf = async (...words: string[]) =>
  (await virtuoso(["complete", "--", ...words])).out.split("\n").map((line) => line.split("\t")[0]);

test("a script for each shell", async () => {
  const scripts = await Promise.all(["bash", "zsh", "fish"].map((shell) => virtuoso(["completion", shell])));
  for (const each of scripts)
    expect(each).toMatchObject({ code: 0, err: "", out: expect.stringContaining("virtuoso complete --") });
});

test("commands, what stands within them, flags and what these take", async () => {
  expect(await completionsOf("al")).toContain("alerts");
  expect(await completionsOf("config", "")).toEqual(expect.arrayContaining(["get", "set", "history"]));
  expect(await completionsOf("alerts", "--min")).toContain("--min-priority");
  expect(await completionsOf("alerts", "--priority", "")).toEqual(expect.arrayContaining(["low", "medium", "high"]));
  expect(await completionsOf("")).not.toContain("complete");
});
