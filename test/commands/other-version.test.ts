import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { versionHeader } from "../../src/api/control-headers";
import { clearDeadSocket, controlSocketPath } from "../../src/daemon/control-socket";
import { virtuoso } from "./program";

setDefaultTimeout(60_000);

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "virtuoso-version-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const unknownPath = { type: "about:blank", title: "Not found", status: 404, code: "not-found" };
const asProblem = { status: 404, headers: { "content-type": "application/problem+json" } };

/** What daemons of other versions answer to the paths of this one. */
const others: Readonly<Record<string, () => Response>> = {
  older: () => Response.json(unknownPath, asProblem),
  newer: () =>
    Response.json(unknownPath, { ...asProblem, headers: { ...asProblem.headers, [versionHeader]: "99.0.0" } }),
  reshaped: () => Response.json({ how: "otherwise" }, { headers: { [versionHeader]: "99.0.0" } }),
};

test.each(Object.entries(others))("a daemon of another version (%s) is said to be one", async (name, fetch) => {
  const data = join(folder, name);
  mkdirSync(data);
  using server = Bun.serve({ unix: controlSocketPath(data), fetch });
  expect(server).toBeDefined();
  const commands = [
    ["status"],
    ["scan", "system"],
    ["config", "get"],
    ["config", "set", "signals.min_score", "70"],
    ["user", "list"],
    ["token", "create", "bot", "--role", "viewer"],
    ["quarantine", "retry"],
    ["clock", "confirm"],
    ["signin-link"],
  ];
  const ended = await Promise.all(commands.map((words) => virtuoso([...words, "--data", data], { cwd: folder })));
  for (const [index, { code, out, err }] of ended.entries())
    expect({ words: commands[index], code, out, err }).toEqual({
      words: commands[index],
      code: 1,
      out: "",
      err: "error: the running daemon is of another version: restart it\n",
    });
  // And no second one starts beside it.
  expect(await clearDeadSocket(data).catch(String)).toContain("another daemon runs on the data folder");
});
