import { expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { virtuoso } from "./program";

const wrong: readonly (readonly [words: string, says: RegExp])[] = [
  ["nope", /unknown command 'nope'.*serve.*alerts.*doctor/],
  ["alrets", /'alrets'. Did you mean alerts\?/],
  ["quar", /'quar'. Did you mean quarantine\?/],
  ["config ste", /'config ste'. Did you mean set\?/],
  ["alerts --prioritty high", /--prioritty[^]*Did you mean --priority\?/],
  ["completion powershell9", /'powershell9'.*bash, zsh, fish/],
  ["", /Usage: virtuoso/],
  ["alerts extra", /too many arguments/],
  ["alerts --priority loud", /--priority.*'loud'.*low, medium, high/],
  ["alerts --type TRADE", /--type.*SIGNAL, ALPHA, SYSTEM, MARKET/],
  ["alerts --state gone", /--state.*open, acknowledged, resolved, expired/],
  ["alerts --since yesterday", /--since.*30m, 4h or 2d.*ISO 8601/],
  ["alerts --since 2026-13-45", /--since.*ISO 8601/],
  ["alerts --limit 0", /--limit.*whole number from 1 to 1000/],
  ["alerts --limit 1001", /--limit.*1 to 1000/],
  ["alerts -o xml", /--output.*table, json, jsonl, ids/],
  ["alerts --symbol 日本", /--symbol.*BTCUSDT or BTC\/USDT/],
  ["alerts --url ftp://desk", /--url.*http:\/\/127\.0\.0\.1:8000/],
  ["alerts --watch -o json", /-o jsonl/],
  ["alerts --watch --exit-code", /--watch.*--exit-code|--exit-code.*--watch/],
  ["signals --direction up", /--direction.*long, short, neutral, exit/],
  ["signals --min-strength 101", /--min-strength.*0 to 100/],
  ["held --reason late", /--reason.*inhibited, silenced, cooldown, cap/],
  ["opportunities --min-confidence 900", /--min-confidence.*0 to 1.*100/],
  ["why", /missing required argument 'id'/],
  ["why 12", /'12'.*such as s12/],
  ["read --source nowhere x.json", /--source.*nowhere.*reports/],
  ["config get signals", /'signals'.*signals\.min_score/],
  ["config set signals.min_score", /missing required argument 'value'/],
  ["config set signals.min_scroe 5", /signals\.min_scroe.*signals\.min_score/],
  ["config set signals.min_score 101", /signals\.min_score.*100/],
  ["config set monitoring.max_alerts 1.5", /monitoring\.max_alerts.*expected a whole number, got 1\.5/],
  ["config set alpha.risk_level Huge", /alpha\.risk_level.*Low.*Medium.*High/],
  ["quarantine bogus", /'quarantine bogus'.*list, retry/],
  ["config bogus", /'config bogus'.*get, set, unset/],
  ["serve --port 70000", /--port.*0 to 65535/],
  ["serve --log-format xml", /--log-format.*pretty, json/],
];

test("wrong usage names the flag and what is allowed, on stderr, and exits 2", async () => {
  const ended = await Promise.all(
    wrong.map(([words]) => virtuoso(words.split(" ").filter(Boolean), { cwd: tmpdir() })),
  );
  for (const [index, { code, out, err }] of ended.entries()) {
    const [words, says] = wrong[index] ?? ["", /./];
    expect({ words, code, out }).toEqual({ words, code: 2, out: "" });
    expect(err).toMatch(says);
    expect(err).not.toContain("    at ");
  }
});

test("help and the version are data", async () => {
  const [help, ofAlerts, version] = await Promise.all([
    virtuoso(["--help"]),
    virtuoso(["help", "alerts"]),
    virtuoso(["--version"]),
  ]);
  expect(help).toMatchObject({ code: 0, err: "" });
  for (const name of [
    "serve",
    "alerts",
    "signals",
    "held",
    "opportunities",
    "why",
    "read",
    "config",
    "quarantine",
    "status",
    "doctor",
  ])
    expect(help.out).toContain(`  ${name}`);
  expect(ofAlerts).toMatchObject({ code: 0, err: "" });
  expect(ofAlerts.out).toContain("--min-priority");
  expect(version).toMatchObject({ code: 0, err: "" });
  expect(version.out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("without a database every list says so in one line and exits 1", async () => {
  const lists = ["alerts", "signals", "held", "opportunities", "quarantine", "why s1", "config history"];
  const ended = await Promise.all(lists.map((words) => virtuoso([...words.split(" "), "--data", "/nowhere/at/all"])));
  for (const { code, out, err } of ended)
    expect({ code, out, err }).toEqual({
      code: 1,
      out: "",
      err: expect.stringMatching(/^error: no database at [^\n]+\n$/),
    });
});
