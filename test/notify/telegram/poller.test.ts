import { afterEach, beforeEach, expect, test } from "bun:test";
import { dayMs } from "../../../src/core/duration";
import { Poller, type Place, type PollerDeps } from "../../../src/notify/telegram/poller";
import { startBotApi, type BotApi } from "../../support/bot-api";
import { until } from "../../support/daemon";

let api: BotApi;
let taken: number[];
let troubles: (string | null)[];
beforeEach(() => {
  api = startBotApi();
  taken = [];
  troubles = [];
});
afterEach(() => api[Symbol.asyncDispose]());

function poll(deps: Partial<PollerDeps> = {}, at: { readonly api: string } = { api: api.url }): Poller {
  const poller = new Poller(
    { token: api.token, ...at },
    {
      place: () => null,
      handle: async ({ update_id: id }) => void taken.push(id),
      fared: (trouble) => troubles.push(trouble),
      now: () => 0,
      chance: () => 0,
      ...deps,
    },
  );
  poller.start();
  return poller;
}

const hello = () => api.push({ message: { message_id: 1, date: 0, chat: { id: 7 }, text: "hello" } });
const took = (...ids: number[]) => until(`updates ${ids.join()}`, () => Bun.deepEquals(taken, ids));

test("each update is taken once, in order, also what is of no kind that is known", async () => {
  hello();
  api.push({ poll: { id: "1" } });
  api.push({ message: "no message" });
  await using _ = poll();
  await took(1, 2, 3);
  hello();
  await took(1, 2, 3, 4);
});

test("where it ended it goes on; after a week the numbers may begin anywhere", async () => {
  for (let n = 0; n < 3; n++) hello();
  {
    await using _ = poll({ place: (): Place => ({ next: 3, at: 0 }) });
    await took(3);
  }
  taken = [];
  hello();
  await using _ = poll({ place: (): Place => ({ next: 9_000_000, at: -7 * dayMs }) });
  await until("what came after the week", () => taken.includes(4));
});

test.each([
  [
    409,
    "Conflict: terminated by other getUpdates request",
    "another program reads what is written to its bot: only one may",
  ],
  [
    409,
    "Conflict: can't use getUpdates method while webhook is active",
    "its bot sends what is written to it to a webhook: delete that, or give the channel a bot of its own",
  ],
  [401, "Unauthorized", "its token is refused"],
  [502, "Bad Gateway", "status 502"],
])("HTTP %d %s is said, and tried again", async (status, description, said) => {
  api.refuseNext(status, description, { retry_after: 0.01 });
  hello();
  await using _ = poll();
  await took(1);
  expect(troubles.slice(0, 2)).toEqual([said, null]);
});

test("a poll that hangs, or dies, is said and tried again; without a server the pauses grow by chance", async () => {
  let asked = 0;
  const hanging = Bun.serve({
    port: 0,
    async fetch() {
      if (++asked === 1) await Bun.sleep(5000);
      return new Response("<html>no Bot API</html>");
    },
  });
  {
    await using _ = poll({ timeoutMs: 200 }, { api: `http://127.0.0.1:${hanging.port}` });
    await until("the other one to be said", () =>
      troubles.includes("what answers at its address is no Bot API server"),
    );
    expect(troubles[0]).toBe("no answer (TimeoutError)");
  }
  await hanging.stop(true);
  troubles = [];
  await using _ = poll({}, { api: `http://127.0.0.1:${hanging.port}` });
  await until("it to be said", () => troubles.length > 0);
  expect(troubles[0]).toBe("no answer (ECONNREFUSED)");
});

test("it stops at once while a poll is open, and while it rests; no text of it holds the token", async () => {
  const open = poll();
  await until("a poll", () => api.calls.includes("getUpdates"));
  await open[Symbol.asyncDispose]();
  api.refuseNext(429, "Too Many Requests: retry after 600", { retry_after: 600 });
  const resting = poll();
  await until("its rest", () => troubles.length === 1);
  await resting[Symbol.asyncDispose]();
  expect(JSON.stringify(troubles)).not.toContain(api.token.split(":")[1] ?? "");
});
