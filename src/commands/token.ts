import type { Command } from "commander";
import type { TokenShape } from "../views/tokens";
import { roles, type Role } from "../core/roles";
import { addOutput, addRemote, addTime, choice, durationOption, type RemoteOptions, type TimeOptions } from "./options";
import { printItems, printOne, remark, type Format, type Showing } from "./print/print";
import { timeFormatFor, type FormatTime } from "./print/time";

interface CreateOptions extends RemoteOptions {
  readonly role: Role;
  readonly output: Format;
  /** ms from now on */
  readonly expires?: number;
}

export function define(command: Command): void {
  addOutput(addRemote(command.command("create").description("make an API token and print it, once")))
    .argument("<name>", "what it is for")
    .addOption(choice("--role <role>", "what it may do", roles).makeOptionMandatory())
    .addOption(durationOption("--expires <time>", "how long it is good, such as 90d; without it, until revoked"))
    .action(create);
  addTime(addOutput(addRemote(command.command("list").description("every API token")))).action(list);
  addRemote(command.command("revoke").description("revoke an API token, at once")).argument("<name>").action(revoke);
}

async function create(name: string, { role, expires, output, ...options }: CreateOptions): Promise<void> {
  const admin = await adminFor(options);
  const expiresAt = expires === undefined ? null : Date.now() + expires;
  const token = await admin.createToken(name, role, expiresAt);
  printOne({ name, role, token, expires_at: expiresAt === null ? null : new Date(expiresAt).toISOString() }, output, {
    id: name,
    table: token,
  });
  remark("it is shown this once: VIRTUOSO_TOKEN, or Authorization: Bearer");
}

async function list(options: RemoteOptions & TimeOptions & { readonly output: Format }): Promise<void> {
  const admin = await adminFor(options);
  printItems(await admin.tokens(), options.output, showingWith(timeFormatFor(options)));
}

async function revoke(name: string, options: RemoteOptions): Promise<void> {
  const admin = await adminFor(options);
  await admin.revokeToken(name);
  remark(`${name} is revoked`);
}

const adminFor = async (options: RemoteOptions) =>
  await (await import("./access/access-admin")).openAccessAdmin(options);

function showingWith(format: FormatTime): Showing<TokenShape> {
  return {
    idOf: ({ name }) => name,
    none: "no API tokens",
    columns: [
      { head: "NAME", text: ({ name }) => name, tone: () => "strong" },
      { head: "ROLE", text: ({ role }) => role },
      { head: "OF", text: ({ account }) => account ?? "the owner", widthMin: 6, leaves: 1 },
      { head: "MADE", text: ({ created_at: at }) => format(at), leaves: 2 },
      { head: "EXPIRES", text: ({ expires_at: at }) => (at === null ? "never" : format(at)) },
      { head: "LAST USED", text: ({ last_used_at: at }) => (at === null ? "never" : format(at)), leaves: 3 },
    ],
  };
}
