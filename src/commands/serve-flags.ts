import { InvalidArgumentError, Option, type Command } from "commander";
import { readServerText, type ServerFlags } from "../config/server";
import { addPlace, choice, numberOption } from "./options";

/** What every command takes that starts a daemon. */
export function addServeFlags(command: Command): Command {
  return addPlace(command)
    .addOption(serverOption("host", "--host <host>", "address to listen on (default: 127.0.0.1)"))
    .addOption(
      numberOption("--port <port>", "port to listen on, 0 picks a free one (default: 8000)", 0, 65_535, "whole"),
    )
    .option("--reports <dir>", "the folder reports are read from (default: reports/json)")
    .addOption(
      serverOption(
        "publicUrl",
        "--public-url <url>",
        "the address people use, behind a proxy or by a name: links, cookies and sign-in follow it",
      ),
    )
    .addOption(
      serverOption("allowedHosts", "--allowed-hosts <names>", "further names it is asked by, separated by commas"),
    )
    .addOption(
      serverOption(
        "proxies",
        "--proxies <addresses>",
        "proxies whose X-Forwarded-* counts: addresses and networks, separated by commas",
      ),
    )
    .addOption(serverOption("basePath", "--base-path <path>", "where a proxy serves it below a path, such as /desk"))
    .addOption(
      serverOption(
        "tlsCert",
        "--tls-cert <file>",
        "certificate with its chain, PEM; with --tls-key it is served by TLS",
      ),
    )
    .addOption(serverOption("tlsKey", "--tls-key <file>", "the certificate's key, PEM"))
    .addOption(
      choice("--log-format <format>", "of the log on stderr (default: pretty on a terminal)", ["pretty", "json"]),
    );
}

function serverOption(name: Exclude<keyof ServerFlags, "port">, flags: string, description: string): Option {
  return new Option(flags, description).argParser((text: string) => {
    try {
      readServerText(name, text);
      return text;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "ConfigError") throw error;
      throw new InvalidArgumentError(`${error.message.replace(/^--\S+: e/, "E")}.`);
    }
  });
}
