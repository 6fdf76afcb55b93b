import { renameSync } from "node:fs";
import { join } from "node:path";
import { reportName, writeReports } from "../sample-report";
import { answerQuestions, wallMs } from "../worker";

/** So many reports at a rate, renamed into the folders in turn. `stage` is on the same file system. */
export interface SliceCommand {
  readonly from: number;
  readonly files: number;
  readonly perSecond: number;
  readonly stage: string;
  readonly folders: readonly string[];
  /** Of the daemon whose frames are awaited; null where somebody else listens. */
  readonly socket: string | null;
}

export interface SliceAnswer {
  /** When each was renamed, by name. */
  readonly sent: Readonly<Record<string, number>>;
  /** When its frame came, by name. */
  readonly received: Readonly<Record<string, number>>;
  readonly alerts: number;
}

const timeoutMs = 5000;

interface Ear {
  readonly received: Record<string, number>;
  alerts: number;
  readonly socket: WebSocket;
}

interface Frame {
  readonly type: string;
  readonly items?: readonly Frame[];
  readonly signal?: { readonly filename: string };
}

const ears = new Map<string, Promise<Ear>>();

answerQuestions<SliceCommand>(async ({ from, files, perSecond, stage, folders, socket }) => {
  const ear = socket === null ? null : await earAt(socket);
  writeReports(stage, from, from + files, Date.now());
  const sent: Record<string, number> = {};
  const startedAt = performance.now();
  for (let index = 0; index < files; index++) {
    const dueInMs = startedAt + (index * 1000) / perSecond - performance.now();
    if (dueInMs > 0) await Bun.sleep(dueInMs);
    const name = reportName(from + index);
    // In pairs, a strong one and a weak one: every folder has its share of both.
    const target = join(folders[Math.floor(index / 2) % folders.length] ?? "", name);
    sent[name] = wallMs();
    renameSync(join(stage, name), target);
  }
  if (!ear) return { sent, received: {}, alerts: 0 } satisfies SliceAnswer;
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline && Object.keys(sent).some((name) => ear.received[name] === undefined))
    await Bun.sleep(20);
  // An alert follows its signal within the same commit.
  const received = Object.fromEntries(Object.entries(ear.received).filter(([name]) => sent[name] !== undefined));
  const alerts = ear.alerts;
  ear.alerts = 0;
  return { sent, received, alerts } satisfies SliceAnswer;
});

function earAt(url: string): Promise<Ear> {
  let ear = ears.get(url);
  if (!ear) ears.set(url, (ear = listen(url)));
  return ear;
}

function listen(url: string): Promise<Ear> {
  return new Promise((resolve, reject) => {
    const ear: Ear = { received: {}, alerts: 0, socket: new WebSocket(url) };
    ear.socket.addEventListener("message", ({ data }) => {
      const at = wallMs();
      const frame = JSON.parse(String(data)) as Frame;
      if (frame.type === "dashboard_update") resolve(ear);
      for (const { type, signal } of frame.items ?? [frame]) {
        if (type === "new_signal" && signal) ear.received[signal.filename] = at;
        else if (type === "new_alert") ear.alerts++;
      }
    });
    ear.socket.addEventListener("error", () => reject(new Error(`no WebSocket at ${url}`)));
  });
}
