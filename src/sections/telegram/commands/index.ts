import { minuteMs } from "../../../core/duration";
import { formatDuration } from "../../../core/text";
import type { DaemonParts } from "../../../daemon/parts";
import type { ChatMessage } from "../../../notify/telegram/updates";
import { nearest } from "../../../nearest";
import type { Person } from "../people";
import { ackCommand, resolveCommand, unackCommand } from "./acts";
import { alertsCommand } from "./alerts";
import { Refusal, WrongWords, type Command } from "./command";
import { quietCommand } from "./quiet";
import { signalsCommand } from "./signals";
import { expireCommand, silenceCommand, silencesCommand } from "./silences";
import { statusCommand } from "./status";
import { whyCommand } from "./why";

const commands: readonly Command[] = [
  alertsCommand,
  signalsCommand,
  whyCommand,
  ackCommand,
  unackCommand,
  resolveCommand,
  silenceCommand,
  silencesCommand,
  expireCommand,
  quietCommand,
  statusCommand,
];

/** What would change something is not done so much later: its author may have acted otherwise meanwhile. */
const doneWithinMs = 10 * minuteMs;

/** Answers a message that is a command, in the words of the command line; null where it is none. Throws Problem. */
export async function answerCommand(parts: DaemonParts, person: Person, message: ChatMessage): Promise<string | null> {
  const [, name = "", rest = ""] =
    /^\/([A-Za-z_]\w*)(?:@\w+)?(?:\s+([\s\S]*))?$/.exec(message.text?.trim() ?? "") ?? [];
  if (name === "") return null;
  const asked = name.toLowerCase();
  if (asked === "help" || asked === "start") return help(person);
  const command = commands.find((each) => each.name === asked);
  if (command === undefined) return unknown(asked);
  if (!person.may(command.need)) return `your account may not use /${command.name}`;
  const lateMs = parts.now() - message.date * 1000;
  if (command.changes && lateMs > doneWithinMs)
    return `not done: /${command.name} was sent ${formatDuration(lateMs)} ago. Send it again if it still holds.`;
  try {
    return await command.run(
      parts,
      person,
      rest.split(/\s+/).filter((word) => word !== ""),
    );
  } catch (error) {
    if (error instanceof WrongWords) return `${error.message}\n${usageOf(command)}`;
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

function help(person: Person): string {
  const allowed = commands.filter(({ need }) => person.may(need));
  return allowed.map((command) => `${usageOf(command)}: ${command.does}`).join("\n");
}

function usageOf({ name, takes }: Command): string {
  return `/${name}${takes === "" ? "" : ` ${takes}`}`;
}

function unknown(name: string): string {
  const near = nearest(name, [...commands.map((command) => command.name), "help"]);
  return near === null
    ? `there is no /${name}: /help lists what there is`
    : `there is no /${name}: did you mean /${near}?`;
}
