import { join } from "node:path";
import { openForWriting } from "../../src/store/db";
import type { Benchmark, Finding } from "./benchmark";
import { cleanEnvironment, program } from "./daemon-process";
import { count, inMs, median, percentile, spreadOf } from "./statistics";

const withinMs = 100;

export const benchmark: Benchmark = {
  name: "command-line",
  question: "how long a command takes beyond what Bun itself takes to start",
  async run({ smoke, folder, say }) {
    const alerts = smoke ? 5000 : 1_000_000;
    const data = join(folder, "data");
    fill(data, alerts);
    const commands: Readonly<Record<string, readonly string[]>> = {
      [`alerts --priority high, of ${count(alerts)}`]: [program, "alerts", "--priority", "high", "--data", data],
      "alerts --min-priority medium --type SIGNAL --limit 1000": [
        program,
        "alerts",
        "--min-priority",
        "medium",
        "--type",
        "SIGNAL",
        "--limit",
        "1000",
        "--data",
        data,
      ],
      "alerts --priority high --state open --source nowhere": [
        program,
        "alerts",
        "--priority",
        "high",
        "--state",
        "open",
        "--source",
        "nowhere",
        "--data",
        data,
      ],
      "--help": [program, "--help"],
    };
    const took = new Map<string, number[]>();
    const bare: number[] = [];
    const rounds = smoke ? 2 : 31;
    for (let round = 0; round < rounds; round++) {
      // Bun with nothing to do: what starting it takes is no doing of ours.
      const nothing = timed(["-e", "0"], folder);
      if (round > 0) bare.push(nothing);
      for (const [name, words] of Object.entries(commands)) {
        const ms = timed(words, folder);
        // The first round reads the database and the program from the disk for everybody.
        if (round > 0) took.set(name, [...(took.get(name) ?? []), ms]);
      }
    }
    say(`bun -e 0: ${spreadOf(bare)}`);
    return [...took].map(([what, times], place): Finding => {
      const over = median(times) - median(bare);
      // For information: the target names the first and the last.
      const judged = place === 0 || place === took.size - 1;
      return {
        what,
        subject: `n ${times.length}, p50 ${inMs(median(times))}, p99 ${inMs(percentile(times, 0.99))}`,
        baseline: `bun -e 0 ${inMs(median(bare))}`,
        ratio: median(times) / median(bare),
        target: judged ? `under ${withinMs} ms more: ${inMs(over)}` : null,
        met: judged ? over < withinMs : null,
      };
    });
  },
};

function timed(words: readonly string[], cwd: string): number {
  const startedAt = performance.now();
  const { exitCode, stderr } = Bun.spawnSync([process.execPath, ...words], {
    cwd,
    env: cleanEnvironment(),
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  const tookMs = performance.now() - startedAt;
  if (exitCode !== 0) throw new Error(`${words.join(" ")} ended with ${exitCode}: ${stderr.toString()}`);
  return tookMs;
}

/** Alerts of a year as a busy desk would have raised them, in the real schema with all its indexes; a tenth is high. */
function fill(data: string, alerts: number): void {
  using database = openForWriting(data);
  // Made to be read: what a crash would leave of it is of no interest.
  database.raw.run("PRAGMA synchronous = OFF");
  database.raw.run(
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
     INSERT INTO alerts (seq, observation_seq, type, kind, priority, state, rule, fingerprint, message, source, symbol, direction, raised_at, expires_at, ended_at, superseded_by, subject_seq, details)
     SELECT 3 * i + 3, 3 * i + 1,
       CASE WHEN i % 20 = 7 THEN 'ALPHA' ELSE 'SIGNAL' END, 'event',
       CASE WHEN i % 10 = 3 THEN 'high' WHEN i % 10 < 5 THEN 'medium' ELSE 'low' END,
       CASE WHEN i + 2000 < ?1 THEN 'expired' ELSE 'open' END,
       'strong-signal', '["SIGNAL","reports","B' || i % 400 || 'USDT","long",null]',
       'B' || i % 400 || 'USDT long, strength ' || (65 + i % 35) || ', reliability 100 %',
       'reports', 'B' || i % 400 || 'USDT', 'long',
       ?2 - (?1 - i) * 31536, ?2 - (?1 - i) * 31536 + 86400000, CASE WHEN i + 2000 < ?1 THEN ?2 - (?1 - i) * 31536 + 86400000 END, NULL, 3 * i + 2,
       '{"score":' || (65 + i % 35) || ',"strength":' || (65 + i % 35) || ',"reliability":1,"price":101.5}'
     FROM n`,
    [alerts, Date.now()],
  );
  database.raw.run("PRAGMA wal_checkpoint(TRUNCATE)");
}
