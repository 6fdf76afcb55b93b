#!/usr/bin/env bun
import { Command, CommanderError } from "commander";
import { commands } from "./commands/index";
import { exitCodeOf, exitCodes, messageOf, WrongUsage } from "./commands/exit";
import { endQuietlyWithReader } from "./commands/print/reader-gone";
import { version } from "./version";

// What nothing caught ends the program, and says why without a secret.
for (const event of ["uncaughtException", "unhandledRejection"] as const) {
  process.on(event, (error) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(exitCodes.failed);
  });
}

const words = process.argv.slice(2);
endQuietlyWithReader();
process.exitCode = exitCodes.done;
try {
  await refuseUnknown(words);
  const program = await programFor(words);
  await refuseUnknownWithin(program, words);
  await program.parseAsync(words, { from: "user" });
} catch (error) {
  // Commander has said what is wrong itself.
  if (!(error instanceof CommanderError)) process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = exitCodeOf(error);
}

/** Commander would only say that there is none of that name. */
async function refuseUnknown([given]: readonly string[]): Promise<void> {
  if (given === undefined || given.startsWith("-") || given === "help" || commands.some(({ name }) => name === given))
    return;
  throw await unknown(
    given,
    given,
    commands.filter(({ hidden }) => hidden !== true).map(({ name }) => name),
  );
}

/** A command of several takes no other word for the one that is meant by none. */
async function refuseUnknownWithin(program: Command, [given, within]: readonly string[]): Promise<void> {
  const parts = program.commands.find((command) => command.name() === given)?.commands ?? [];
  if (
    parts.length === 0 ||
    within === undefined ||
    within.startsWith("-") ||
    within === "help" ||
    parts.some((part) => part.name() === within)
  )
    return;
  throw await unknown(
    `${given ?? ""} ${within}`,
    within,
    parts.map((part) => part.name()),
  );
}

async function unknown(typed: string, word: string, allowed: readonly string[]): Promise<WrongUsage> {
  const { nearest } = await import("./nearest");
  const meant = nearest(word, allowed);
  return new WrongUsage(
    `unknown command '${typed}'. ${meant === null ? "" : `Did you mean ${meant}? `}Allowed are ${allowed.join(", ")}.`,
  );
}

/** Every command by name and summary; only the one that is asked for is loaded. */
async function programFor(given: readonly string[]): Promise<Command> {
  const program = new Command("virtuoso")
    .description(
      "The alert desk of a trading system: which signals deserve attention, whether the machinery is alive, how the signals turned out.",
    )
    .version(version, "-V, --version")
    .exitOverride()
    .configureHelp({ showGlobalOptions: false });
  for (const { name, summary, hidden = false, load } of commands) {
    const command = program.command(name, { hidden }).description(summary);
    if (given.slice(0, 2).includes(name)) (await load()).define(command);
  }
  return program;
}
