import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exampleCommand } from "../../src/core/example-report";

test.each(["plain", "two words", "it's $HOME `here`", "ends with a slash/", "-dash"])(
  "pasted into a shell the example writes a report into %j",
  (name) => {
    const root = mkdtempSync(join(tmpdir(), "virtuoso-example-"));
    const folder = join(root, name);
    const { exitCode, stderr } = Bun.spawnSync(["sh", "-c", exampleCommand(folder, true)]);
    expect({ exitCode, stderr: String(stderr) }).toEqual({ exitCode: 0, stderr: "" });
    const again = Bun.spawnSync(["sh", "-c", exampleCommand(folder)]);
    expect(again.exitCode).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, "first.json"), "utf8"))).toMatchObject({ symbol: "BTCUSDT" });
    rmSync(root, { recursive: true });
  },
);
