import { join } from "node:path";
import pino from "pino";
import { loadConfig } from "../../../src/config";
import { startDaemon } from "../../../src/daemon";
import type { CreateSection } from "../../../src/daemon/parts";
import { allSections } from "../../../src/sections";
import { answerQuestions, wallMs } from "../worker";

/** The daemon in a process of its own that notes when each alert was committed, and sends a bare request about it at that moment. */
export interface NotifyingAnswer {
  readonly url: string;
  /** Epoch ms, by the alert's id; since it was asked last. */
  readonly committedAt: Readonly<Record<string, number>>;
}

const [folder = "", bareUrl = ""] = process.argv.slice(2);
let committedAt: Record<string, number> = {};

/** What anyone would write in its place: a fetch that nobody keeps account of. */
const bare: CreateSection = () => ({
  name: "bare",
  committed({ recorded }) {
    for (const { alerts } of recorded)
      for (const { seq, message } of alerts) {
        const id = `a${seq}`;
        committedAt[id] = wallMs();
        void fetch(bareUrl, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ data: { alert: { id, message, filler: "x".repeat(1500) } } }),
        });
      }
  },
});

const config = await loadConfig(
  { data: join(folder, "data"), reports: null, port: 0, config: join(folder, "virtuoso.config.ts") },
  { VIRTUOSO_AUTH: "off", VIRTUOSO_RATE_LIMITS: "off" },
);
const daemon = await startDaemon(config, { log: pino({ level: "silent" }), sections: [bare, ...allSections] });

answerQuestions<object>(() => {
  const answer: NotifyingAnswer = { url: daemon.url, committedAt };
  committedAt = {};
  return answer;
});
