import { InvalidArgumentError, Option, type Command } from "commander";

export function define(command: Command): void {
  command
    .command("install")
    .description("copy dashboards, rules, provisioning and a compose file")
    .requiredOption("--dir <dir>", "where to: a folder of its own, or /etc/grafana")
    .option("--force", "replace files that were changed there, too")
    .action(async (options: { readonly dir: string; readonly force?: boolean }) =>
      (await import("./grafana/install")).install(options),
    );
  command
    .command("push")
    .description("import the dashboards into a running Grafana")
    .addOption(new Option("--url <url>", "Grafana's address").argParser(urlGiven).makeOptionMandatory())
    .requiredOption("--token <token>", "a service account's token of role Editor")
    .action(async (options: { readonly url: string; readonly token: string }) =>
      (await import("./grafana/push")).push(options),
    );
}

function urlGiven(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["http:", "https:"].includes(url.protocol) || url.username !== "" || url.password !== "")
    throw new InvalidArgumentError(
      "Expected an address such as https://grafana.example, without a name or password in it.",
    );
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}
