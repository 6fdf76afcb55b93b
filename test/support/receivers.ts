import { startScriptedServer, type Received, type ScriptedServer, type Step } from "./scripted-server";

/** What a program of one's own receives by the channel `webhook`. */
export interface HookMessage {
  readonly type: string;
  readonly data: {
    readonly alert: {
      readonly id: string;
      readonly symbol: string | null;
      readonly rule: string;
      readonly state: string;
    } | null;
    readonly delivery: { readonly id: string; readonly purpose: string };
    readonly title: string;
    readonly text: string;
  };
}

/** What ntfy receives by the channel `ntfy`. */
export interface PhoneMessage {
  readonly title: string;
  readonly message: string;
  readonly sequence_id: string;
}

/** A message as it is read on the phone: what is under the title does not repeat it. */
export function wholeOf(message: PhoneMessage | undefined): string {
  return message === undefined || message.title === message.message
    ? (message?.title ?? "")
    : `${message.title}\n${message.message}`;
}

/** A provider's server, and what it was sent in its own words. */
export interface Receiver<T> extends AsyncDisposable {
  readonly server: ScriptedServer;
  /** As it is written in the config. */
  readonly channel: string;
  /** All that was sent, accepted or not. */
  readonly messages: readonly T[];
}

/** As ntfy answers what it takes. */
export const taken: Step = ({ body }: Received) => ({
  status: 200,
  body: JSON.stringify({ id: "abc", sequence_id: (JSON.parse(body) as PhoneMessage).sequence_id }),
});

/** A phone with ntfy on it: a channel of people. */
export async function aPhone(name = "phone", more = ""): Promise<Receiver<PhoneMessage>> {
  const server = await startScriptedServer();
  server.script(taken);
  return receiver(server, `ntfy({ name: "${name}", server: "${server.url}", topic: "desk" ${more}})`);
}

/** A program of one's own: a channel of machines. */
export async function aHook(name = "hook", more = ""): Promise<Receiver<HookMessage>> {
  const server = await startScriptedServer();
  return receiver(server, `webhook({ name: "${name}", url: "${server.url}/in" ${more}})`);
}

function receiver<T>(server: ScriptedServer, channel: string): Receiver<T> {
  return {
    server,
    channel,
    get messages() {
      return server.received.map(({ body }) => JSON.parse(body) as T);
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** A config with these channels. */
export function configWith(channels: readonly Pick<Receiver<unknown>, "channel">[], more = ""): string {
  const names = channels.flatMap(({ channel }) => /name: "([^"]+)"/.exec(channel)?.[1] ?? []);
  return `import { defineConfig, ntfy, reports, webhook } from "virtuoso";
    export default defineConfig({ channels: [${channels.map(({ channel }) => channel).join(", ")}], ${atOnce(names)} ${more} });`;
}

/** Medium priority goes at once too, as a config has it: else it would wait for others to share its message. */
export function atOnce(names: readonly string[]): string {
  if (names.length === 0) return "";
  const match = '[{ name: "priority", op: ">=", value: "medium" }]';
  return `routes: [{ name: "all", match: ${match}, group: "0s", steps: [{ to: ${JSON.stringify(names)} }] }],`;
}
