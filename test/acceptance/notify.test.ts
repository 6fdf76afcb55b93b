import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestDaemon, until } from "../support/daemon";
import { aSignal } from "../support/reports";

interface Received {
  readonly id: string | null;
  readonly body: { readonly type: string; readonly data: { readonly alert: { readonly symbol: string } } };
}

/** A receiver that answers with one status after another, the last for ever. */
function receiver(...statuses: number[]) {
  const received: Received[] = [];
  const server = Bun.serve({
    port: 0,
    async fetch(request) {
      received.push({ id: request.headers.get("webhook-id"), body: (await request.json()) as Received["body"] });
      return new Response(null, { status: (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200 });
    },
  });
  return { received, server, url: server.url.href, [Symbol.dispose]: () => void server.stop(true) };
}

const configOf = (url: string) =>
  `import { defineConfig, webhook } from "virtuoso";
   export default defineConfig({ channels: [webhook({ name: "hook", url: "${url}" })] });`;

test("what is raised arrives at a webhook, under the same id at every try", async () => {
  using hook = receiver(500, 200);
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-notify-"));
  try {
    await using desk = await startTestDaemon({ folder, config: configOf(hook.url) });
    desk.drop("a.json", aSignal({ strength: 95 }).body(Date.now()));
    await until("two tries", () => hook.received.length === 2);
    expect(hook.received.map(({ body }) => [body.type, body.data.alert.symbol])).toEqual([
      ["alert.raised", "BTCUSDT"],
      ["alert.raised", "BTCUSDT"],
    ]);
    expect(hook.received[0]?.id).toMatch(/^n\d+-[0-9a-f]{8}$/);
    expect(hook.received[1]?.id).toBe(hook.received[0]?.id ?? "");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
