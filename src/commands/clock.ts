import type { Command } from "commander";
import { dataFolder } from "../config/environment";
import { formatDuration } from "../core/text";
import { nameOfUser } from "./access/name-of-user";
import { Unreachable } from "./exit";
import { addPlace, type PlaceOptions } from "./options";
import { printLine } from "./print/print";

export function define(command: Command): void {
  addPlace(
    command
      .command("confirm")
      .description("say that the clock of this machine is right: what is past its time is removed again"),
  ).action(confirm);
}

async function confirm({ data }: PlaceOptions): Promise<void> {
  const { Control } = await import("./client/control");
  const answer = await new Control(dataFolder(data)).confirmClock(nameOfUser());
  if (answer === null)
    throw new Unreachable(
      `no daemon runs on ${dataFolder(data)}, and only the daemon removes what is old: start it, then confirm`,
    );
  const was =
    answer.ahead_seconds > 0
      ? `it was ${formatDuration(answer.ahead_seconds * 1000)} ahead of what was believed`
      : "it was believed already";
  printLine(`the clock shows ${answer.now} and is taken to be right; ${was}`);
}
