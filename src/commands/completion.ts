import tab from "@bomb.sh/tab";
import { type Command, Argument, InvalidArgumentError } from "commander";

const shells = ["bash", "zsh", "fish"] as const;

export function define(command: Command): void {
  command
    .addArgument(new Argument("<shell>").argParser(shellGiven))
    .addHelpText(
      "after",
      "\nIn ~/.bashrc: source <(virtuoso completion bash). In ~/.zshrc: source <(virtuoso completion " +
        "zsh).\nFor fish: virtuoso completion fish > ~/.config/fish/completions/virtuoso.fish",
    )
    .action((shell: string) => tab.setup("virtuoso", "virtuoso", shell));
}

function shellGiven(text: string): string {
  const shell = text.toLowerCase();
  if (!shells.some((each) => each === shell))
    throw new InvalidArgumentError(`Allowed choices are ${shells.join(", ")}.`);
  return shell;
}
