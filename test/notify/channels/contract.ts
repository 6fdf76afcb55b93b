import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { ChannelKind, Outcome, Outgoing } from "../../../src/notify/channels/channel";
import { createMail, type Mail } from "../../../src/notify/mail";
import { createPost, type Answer, type Post } from "../../../src/notify/post";
import { startScriptedServer, type Received, type Reply, type ScriptedServer } from "../../support/scripted-server";
import { anOutgoing } from "./outgoing";
import type { ChannelScript } from "./scripts/script";

const markup = '<b>*bold*</b> _it_ [x](http://a) `c` & "q" {{t}} 🧨';
const control = "\r\nX-Injected: yes\r\n\r\n\u0000\u0007\u001b[31m";

/** What every kind of channel keeps, whatever its provider answers. */
export function channelContract(kind: ChannelKind, script: ChannelScript): void {
  describe(`channel ${kind.kind}`, () => {
    const stopping = new AbortController();
    let server: ScriptedServer;
    const { start = startScriptedServer } = script;
    beforeAll(async () => void (server = await start()));
    afterAll(() => server[Symbol.asyncDispose]());

    async function sent(
      over: Partial<Outgoing> = {},
      { url = server.url, clients = clientsOf(stopping.signal, 2000) } = {},
    ): Promise<Outcome> {
      const outcome = await kind.send(
        kind.settings.parse(script.settings(url)),
        anOutgoing(over),
        clients.post,
        clients.mail,
      );
      const said = JSON.stringify(outcome);
      for (const secret of script.secrets) expect(said).not.toContain(secret);
      expect(outcome.answer).not.toBe("");
      expect(outcome.answer).not.toMatch(/[\r\n]/);
      return outcome;
    }
    const last = (): Received => server.received.at(-1)!;

    test("declares what it is", () => {
      expect(kind.slots).toBe(kind.audience === "people" ? 1 : 4);
      const names = Object.keys(kind.settings.shape);
      for (const secret of Object.keys(kind.secrets)) expect(names).toContain(secret);
      expect(script.secrets).not.toEqual([]);
    });

    test("what is accepted is shown as it was meant", async () => {
      server.script(script.accept);
      expect(await sent()).toMatchObject({ outcome: "accepted" });
      const { title, text } = script.read(last());
      expect(title).toBe(anOutgoing().title);
      // Under its title a text need not repeat it.
      expect(text.startsWith(title) ? text : `${title}\n${text}`).toBe(anOutgoing().text);
    });

    test("what cannot be longer is cut, and says so", async () => {
      const long = "Ünïcode 🧨👩‍👩‍👧 ".repeat(4000);
      server.script(script.accept);
      const alert = { ...anOutgoing().alert, message: long, trace: [long], notes: [] };
      expect(await sent({ title: long, text: `first\n${long}`, alert })).toMatchObject({ outcome: "accepted" });
      const { text, title, length } = script.read(last());
      expect(length).toBeLessThanOrEqual(kind.lengthMax);
      expect(script.saysShortened(last())).toBe(true);
      expect(text).toStartWith("first\n");
      for (const shown of [text, title]) {
        expect(shown).not.toContain("\ufffd");
        expect(shown.isWellFormed()).toBe(true);
      }
    });

    test("markup and control characters are text, and make no header", async () => {
      server.script(script.accept);
      const text = `${markup}${control}`;
      expect(
        await sent({ title: text, text, alert: { ...anOutgoing().alert, message: text, symbol: text } }),
      ).toMatchObject({
        outcome: "accepted",
      });
      const shown = script.read(last());
      expect(shown.title).toContain(markup);
      expect(shown.text).toContain(markup);
      expect(Object.keys(last().headers)).not.toContain("x-injected");
      if (kind.audience === "people") expect(shown.title).not.toMatch(/\p{Cc}/u);
    });

    test("a secret with a line break is none", () => {
      for (const name of Object.keys(kind.secrets)) {
        const settings = script.settings(server.url);
        const broken = withLineBreak(settings[name]);
        expect(kind.settings.safeParse({ ...settings, [name]: broken }).success).toBe(false);
      }
    });

    test("no answer in time is tried again, and may have arrived", async () => {
      server.script("hang");
      expect(await sent({}, { clients: clientsOf(stopping.signal, 200) })).toMatchObject({
        outcome: "again",
        mayHaveArrived: true,
      });
    });

    test("a cut connection is tried again, and may have arrived", async () => {
      server.script("reset");
      expect(await sent()).toMatchObject({ outcome: "again", mayHaveArrived: true });
    });

    test("a refused connection is tried again, and has not arrived", async () => {
      const closed = await start();
      await closed[Symbol.asyncDispose]();
      expect(await sent({}, { url: closed.url })).toMatchObject({ outcome: "again", mayHaveArrived: false });
    });

    test("ended while it stops, it is tried again", async () => {
      server.script("hang");
      const ending = new AbortController();
      const before = server.received.length;
      const outcome = sent({}, { clients: clientsOf(ending.signal) });
      while (server.received.length === before) await Bun.sleep(1);
      ending.abort();
      expect(await outcome).toMatchObject({ outcome: "again", mayHaveArrived: true });
    });

    test("a certificate signed by itself breaks the channel", async () => {
      await using tls = await start({ tls: true });
      expect(await sent({}, { url: tls.url })).toMatchObject({ outcome: "broken" });
      expect(tls.received).toEqual([]);
    });

    test("what is never taken fails this message alone", async () => {
      server.script(script.refused);
      expect(await sent()).toMatchObject({ outcome: "refused" });
    });

    test("refused credentials and a gone address break the channel, and say what to do", async () => {
      for (const reply of [script.unauthorized, script.gone]) {
        server.script(reply);
        const outcome = await sent();
        expect(outcome).toMatchObject({ outcome: "broken" });
        expect("advice" in outcome && outcome.advice.length > 10).toBe(true);
      }
    });

    const { idOf } = script;
    if (idOf)
      test("the same delivery is known by the same id, another by another", async () => {
        server.script(script.accept);
        await sent({ id: "d12-0a1b2c3d" });
        const first = idOf(last());
        await sent({ id: "d12-0a1b2c3d", at: anOutgoing().at + 60_000 });
        expect(idOf(last())).toBe(first);
        await sent({ id: "d13-0a1b2c3d" });
        expect(idOf(last())).not.toBe(first);
      });

    test("what paces it says none of its secrets", () => {
      const paces = kind.paces(kind.settings.parse(script.settings(server.url)));
      for (const secret of script.secrets) expect(JSON.stringify(paces)).not.toContain(secret);
    });

    if (kind.edits && kind.audience === "people")
      test("what was accepted is changed by its own name", async () => {
        server.script(script.accept);
        const raised = await sent({ id: "d12-0a1b2c3d" });
        const remoteId = raised.outcome === "accepted" ? raised.remoteId : undefined;
        expect(remoteId).toBeString();
        const edited = await sent({ id: "d15-0a1b2c3d", purpose: "edit", edits: remoteId! });
        expect(edited).toMatchObject({ outcome: "accepted", remoteId });
        if (script.acceptWithoutEdit === null) return;
        server.script(script.acceptWithoutEdit);
        const old = await sent({ id: "d16-0a1b2c3d" });
        expect(old).toMatchObject({ outcome: "accepted" });
        expect(old).not.toHaveProperty("remoteId");
      });

    // By HTTP.
    const { limited, limitedFor } = script;
    if (limited === null || limitedFor === null) return;

    test("asked for a pause, it pauses", async () => {
      server.script(echoing({ status: 429 }));
      expect(await sent()).toMatchObject({ outcome: "pause" });
      server.script(limited);
      expect(await sent()).toMatchObject({ outcome: "pause", mayHaveArrived: false });
      server.script(limitedFor.reply);
      expect(await sent()).toMatchObject({ outcome: "pause", forMs: limitedFor.ms });
      server.script(echoing({ status: 429, headers: { "retry-after": "7" } }));
      expect(await sent()).toMatchObject({ outcome: "pause", forMs: 7000 });
      server.script(echoing({ status: 503, headers: { "retry-after": "9" } }));
      expect(await sent()).toMatchObject({ outcome: "pause", forMs: 9000 });
    });

    test.each([500, 502, 503, 504])("HTTP %i is tried again", async (status) => {
      server.script(echoing({ status }));
      expect(["again", "pause"]).toContain((await sent()).outcome);
    });

    test.each([301, 302, 303, 307, 308])("redirect %i is not followed and breaks the channel", async (status) => {
      await using target = await startScriptedServer();
      server.script(echoing({ status, headers: { location: `${target.url}/elsewhere` } }));
      expect(await sent()).toMatchObject({ outcome: "broken" });
      expect(target.received).toEqual([]);
    });

    test("what is never taken, by its status alone", async () => {
      server.script(echoing({ status: 400 }));
      expect(await sent()).toMatchObject({ outcome: "refused" });
      for (const status of [401, 404]) {
        server.script(echoing({ status }));
        expect(await sent()).toMatchObject({ outcome: "broken" });
      }
    });

    test("an answer without end, or cut short, is read no further than it is of use", async () => {
      let read = 0;
      const counting: Post = async (url, request) => {
        const answer = await createPost(stopping.signal, { timeoutMs: 2000 })(url, request);
        read = Math.max(read, (answer as Answer).text.length);
        return answer;
      };
      for (const step of ["endless", "cut"] as const) {
        server.script(step);
        await sent({}, { clients: { ...clientsOf(stopping.signal), post: counting } });
      }
      expect(read).toBe(65_536);
    });
  });
}

interface Clients {
  readonly post: Post;
  readonly mail: Mail;
}

function clientsOf(stopping: AbortSignal, timeoutMs?: number): Clients {
  const options = timeoutMs === undefined ? {} : { timeoutMs };
  return { post: createPost(stopping, options), mail: createMail(stopping, options) };
}

/** An answer that repeats everything it got. */
function echoing({ status, headers }: Reply): (request: Received) => Reply {
  return (request) => ({
    status,
    ...(headers && { headers }),
    body: `${JSON.stringify(request.headers)}\n${request.path}\n${request.body}`,
  });
}

function withLineBreak(value: unknown): unknown {
  if (typeof value === "string") return `${value}\r\nx-injected: yes`;
  if (Array.isArray(value)) return value.map(withLineBreak);
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, each]) => [name, withLineBreak(each)]));
}
