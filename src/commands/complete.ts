import tab from "@bomb.sh/tab/commander";
import { Command } from "commander";

export function define(command: Command): void {
  command.argument("[words...]").allowUnknownOption().allowExcessArguments().action(complete);
}

/** Answers the completions of a line begun, one a line, as the printed script understands them. */
async function complete(words: readonly string[]): Promise<void> {
  const { commands } = await import("./index");
  const program = new Command("virtuoso");
  // The shell's questions are about every command, not only about the one that runs.
  for (const { name, summary, hidden = false, load } of commands) {
    if (!hidden && name !== "completion") (await load()).define(program.command(name).description(summary));
  }
  // The adapter brings `completion` itself.
  tab(program, { completionCommandName: "completion" }).parse([...words]);
}
