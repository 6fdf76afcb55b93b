import type { Command } from "commander";
import type { ChannelShape } from "../views/channels";
import { addOutput, addRemote, addTime, type RemoteOptions, type TimeOptions } from "./options";
import type { Tone } from "./print/paint";
import { printItems, printOne, remark, type Format, type Showing } from "./print/print";
import { timeFormatFor, type FormatTime } from "./print/time";

interface Output {
  readonly output: Format;
}

export interface AddOptions extends RemoteOptions, Output {
  readonly set?: readonly string[];
  readonly giveUp?: string;
}

export function define(command: Command): void {
  const listing = command.command("list", { isDefault: true }).description("whom it sends to, and how each fares");
  addTime(addOutput(addRemote(listing))).action(list);
  addOutput(addRemote(command.command("add").description("make a channel; its secrets are sealed")))
    .argument("<name>")
    .argument("<kind-or-url>", "webhook, ntfy, ...; or an address such as ntfys://topic, - reads it from stdin")
    .option(
      "--set <key=value>",
      "a setting that is no secret, or one value of it (users.123=anna); may be repeated",
      collect,
    )
    .option("--give-up <time>", "how long a message is tried (24h)")
    .addHelpText("after", secretsHelp)
    .action(add);
  addOutput(addRemote(command.command("test").description("send a test over a channel, and say what came of it")))
    .argument("<name>")
    .action(test);
  addRemote(command.command("remove").description("remove a channel; what is due to it is withdrawn"))
    .argument("<name>")
    .action(remove);
}

function collect(each: string, all: string[] | undefined): string[] {
  return [...(all ?? []), each];
}

const secretsHelp = `
Secrets are asked for on a terminal. Else they are read from stdin, one KEY=VALUE a line, such as
secret=whsec_... or headers.authorization=...; they never stand on the command line.`;

async function list(options: RemoteOptions & TimeOptions & Output): Promise<void> {
  const { channelAdminFor } = await import("./channel/channel-admin");
  const admin = await channelAdminFor(options);
  printItems(await admin.list(), options.output, showingWith(timeFormatFor(options)));
}

async function add(name: string, kindOrUrl: string, options: AddOptions): Promise<void> {
  const [{ channelAdminFor }, { askedFor }] = await Promise.all([
    import("./channel/channel-admin"),
    import("./channel/asked-for"),
  ]);
  const asked = await askedFor(name, kindOrUrl, options);
  const made = await (await channelAdminFor(options)).create(asked);
  printOne(made, options.output, { id: name, table: `${name}: a channel of kind ${made.kind}` });
  remark(`virtuoso channel test ${name} sends a test over it`);
}

async function test(name: string, options: RemoteOptions & Output): Promise<void> {
  const { channelAdminFor } = await import("./channel/channel-admin");
  const tested = await (await channelAdminFor(options)).test(name);
  const table = `accepted after ${tested.seconds} s${tested.answer === null ? "" : `: ${tested.answer}`}`;
  printOne(tested, options.output, { id: tested.delivery.id, table });
}

async function remove(name: string, options: RemoteOptions): Promise<void> {
  const { channelAdminFor } = await import("./channel/channel-admin");
  await (await channelAdminFor(options)).remove(name);
  remark(`${name} is removed`);
}

const tones: Readonly<Record<ChannelShape["state"], Tone>> = { up: "good", failing: "notable", broken: "bad" };

function showingWith(format: FormatTime): Showing<ChannelShape> {
  return {
    idOf: ({ name }) => name,
    none: "no channels: alerts stay on the page",
    columns: [
      { head: "NAME", text: ({ name }) => name, tone: () => "strong", widthMin: 10 },
      { head: "KIND", text: ({ kind }) => kind, leaves: 4 },
      { head: "STATE", text: ({ state }) => state, tone: ({ state }) => tones[state] },
      { head: "FROM", text: ({ origin }) => origin, leaves: 1 },
      { head: "DELIVERED", text: ({ last_delivered_at: at }) => at && format(at), unknown: "-" },
      { head: "TODAY", text: ({ today }) => String(today.sent), align: "right", leaves: 3 },
      { head: "WAIT", text: ({ waiting }) => String(waiting), align: "right" },
      {
        head: "P95",
        text: ({ latency }) => (latency.p95 === null ? null : `${latency.p95} s`),
        unknown: "-",
        align: "right",
        leaves: 2,
      },
      { head: "ANSWER", text: ({ last_answer: answer }) => answer, unknown: "-", widthMin: 10 },
    ],
  };
}
