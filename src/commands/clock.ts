import type { Command } from "commander";
import { dataFolder } from "../config/environment";
import { formatDuration } from "../core/text";
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
  const [{ daemonOn }, { clockConfirmedShape }] = await Promise.all([
    import("./client/daemon"),
    import("../views/daemon-status"),
  ]);
  const folder = dataFolder(data);
  const daemon = await daemonOn(folder);
  if (daemon === null)
    throw new Unreachable(
      `no daemon runs on ${folder}, and only the daemon removes what is old: start it, then confirm`,
    );
  const { now, ahead_seconds: ahead } = await daemon.post("/api/owner/clock/confirm", {}, clockConfirmedShape);
  const was =
    ahead > 0 ? `it was ${formatDuration(ahead * 1000)} ahead of what was believed` : "it was believed already";
  printLine(`the clock shows ${now} and is taken to be right; ${was}`);
}
