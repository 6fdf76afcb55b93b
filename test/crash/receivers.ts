import type { HookMessage, PhoneMessage } from "../support/receivers";
import type { Random } from "../support/random";

const lateMsMax = 400;

/** Three servers of channels that outlive every daemon: one answers late, one fails 10 %, one is a phone's. */
export interface Receivers extends Disposable {
  readonly config: string;
  readonly names: readonly string[];
  /** What programs received, accepted or not: its id, and the alert and purpose it stood for. */
  readonly received: readonly { readonly id: string; readonly about: string }[];
  /** Ids of what a channel was told it accepted. */
  accepted(channel: string): ReadonlySet<string>;
  summary(): string;
}

/** `folders`: of reports, beside the one named on the command line. */
export function startReceivers(random: Random, folders: readonly string[]): Receivers {
  const received: { id: string; about: string }[] = [];
  const accepted = new Map<string, Set<string>>();
  let times = 0;
  const accept = (channel: string, id: string) => {
    times++;
    accepted.set(channel, (accepted.get(channel) ?? new Set()).add(id));
  };
  const hook = (channel: string, answer: () => Promise<number>) =>
    Bun.serve({
      port: 0,
      async fetch(request) {
        const id = request.headers.get("webhook-id") ?? "none";
        const { data } = (await request.json()) as HookMessage;
        received.push({ id, about: `${data.alert?.id} ${data.delivery.purpose}` });
        const status = await answer();
        // What is answered may be on the wire when the daemon dies: it was accepted all the same.
        if (status === 200) accept(channel, id);
        return new Response(null, { status });
      },
    });
  const late = hook("late", async () => {
    await Bun.sleep(random.next() * lateMsMax);
    return 200;
  });
  const failing = hook("failing", () => Promise.resolve(random.below(10) === 0 ? 500 : 200));
  const phone = Bun.serve({
    port: 0,
    async fetch(request) {
      const { sequence_id: id } = (await request.json()) as PhoneMessage;
      accept("phone", id);
      return Response.json({ id: "abc", sequence_id: id });
    },
  });
  return {
    config: `import { defineConfig, ntfy, reports, webhook } from "virtuoso";
      export default defineConfig({ monitoring: { max_alerts: 100, scan_interval: 1 },
        sources: [reports(), ${folders.map((dir, index) => `reports({ name: "more${index}", dir: "${dir}" })`).join(", ")}],
        channels: [
        webhook({ name: "late", url: "${late.url.href}" }),
        webhook({ name: "failing", url: "${failing.url.href}" }),
        ntfy({ name: "phone", server: "${phone.url.href}", topic: "desk" }),
      ] });`,
    names: ["late", "failing", "phone"],
    received,
    accepted: (channel) => accepted.get(channel) ?? new Set(),
    summary() {
      const once = [...accepted.values()].reduce((count, ids) => count + ids.size, 0);
      return `${times} accepted, ${times - once} of them once more`;
    },
    [Symbol.dispose]() {
      for (const server of [late, failing, phone]) void server.stop(true);
    },
  };
}
