import type { Command } from "commander";
import type { AccountShape } from "../views/users";
import { roles, type Role } from "../core/roles";
import { addOutput, addRemote, addTime, choice, type RemoteOptions, type TimeOptions } from "./options";
import { printItems, remark, type Format, type Showing } from "./print/print";
import { timeFormatFor, type FormatTime } from "./print/time";

export function define(command: Command): void {
  addRemote(
    command.command("add").description("add an account; the password is asked for on a terminal, else read from stdin"),
  )
    .argument("<name>")
    .addOption(choice("--role <role>", "what it may do", roles).makeOptionMandatory())
    .action(add);
  addTime(addOutput(addRemote(command.command("list").description("every account")))).action(list);
  addRemote(command.command("remove").description("remove an account, its sessions and its tokens"))
    .argument("<name>")
    .action(remove);
}

async function add(name: string, options: RemoteOptions & { readonly role: Role }): Promise<void> {
  const { askPassword } = await import("./access/ask-password");
  const password = await askPassword(name);
  const admin = await adminFor(options);
  await admin.addUser(name, options.role, password);
  remark(`${name} may sign in as ${options.role}`);
}

async function list(options: RemoteOptions & TimeOptions & { readonly output: Format }): Promise<void> {
  const admin = await adminFor(options);
  printItems(await admin.users(), options.output, showingWith(timeFormatFor(options)));
}

async function remove(name: string, options: RemoteOptions): Promise<void> {
  const admin = await adminFor(options);
  await admin.removeUser(name);
  remark(`${name} is removed${admin.running ? ", and signed out everywhere" : ""}`);
}

const adminFor = async (options: RemoteOptions) =>
  await (await import("./access/access-admin")).openAccessAdmin(options);

function showingWith(format: FormatTime): Showing<AccountShape> {
  return {
    idOf: ({ name }) => name,
    none: "no accounts: virtuoso user add NAME --role admin makes one, virtuoso signin-link prints a link that does",
    columns: [
      { head: "NAME", text: ({ name }) => name, tone: () => "strong" },
      { head: "ROLE", text: ({ role }) => role },
      { head: "SECOND FACTOR", text: ({ second_factor: set }) => (set ? "yes" : "no") },
      { head: "ADDED", text: ({ created_at: at }) => format(at), leaves: 1 },
      { head: "LAST SIGNED IN", text: ({ last_sign_in_at: at }) => (at === null ? "never" : format(at)) },
    ],
  };
}
