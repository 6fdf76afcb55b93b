import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ControlSocket } from "../../src/daemon/control-socket";
import { overSocket } from "../support/access";

/** Bun lets go of a connection on which nothing was sent for ten seconds. */
const longerMs = 14_000;

test("an answer over the control socket may take longer than a connection may be silent", async () => {
  const data = mkdtempSync(join(tmpdir(), "virtuoso-long-"));
  using socket = new ControlSocket(data, async () => {
    await Bun.sleep(longerMs);
    return new Response("seen");
  });
  expect(socket.keep()).toBe(false);
  expect(await (await overSocket(data, "/api/scan")).text()).toBe("seen");
  rmSync(data, { recursive: true });
}, 30_000);
