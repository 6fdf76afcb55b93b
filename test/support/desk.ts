import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../src/config";
import { priorityOf } from "../../src/core/alert";
import type { RulesAsked } from "../../src/core/rules/rule-answer";
import type { Askable } from "../../src/rules/askable";
import { judgeItem } from "../../src/rules/judge";
import { shownItems } from "../../src/rules/shown-items";
import type { ReportObserved, Unsequenced } from "../../src/core/observation";
import { settingsFor, type Settings, type UserRule } from "../../src/core/settings";
import { Desk, type Committed } from "../../src/desk";
import { SettingsDesk, storedRuntime } from "../../src/settings-desk";
import type { StoreFault } from "../../src/store/fault";
import type { FileRead } from "../../src/store/ledger";
import { Ledger } from "../../src/store/ledger";
import { openForWriting, type Opened } from "../../src/store/open";
import { Reader } from "../../src/store/reader";

/** The one writer on a real database, without folders and servers around it. */
export interface TestDesk extends Disposable {
  readonly desk: Desk;
  readonly ledger: Ledger;
  readonly settings: SettingsDesk;
  readonly opened: Opened;
  readonly reader: Reader;
  readonly data: string;
  readonly told: Committed[];
  /** Every change of what the store says is wrong with it; null: it takes again. */
  readonly faults: (StoreFault | null)[];
  /** Moves the desk's clock, epoch ms. */
  setNow(now: number): void;
}

export async function openTestDesk(startsAt: number, rules: readonly UserRule[] = []): Promise<TestDesk> {
  const data = mkdtempSync(join(tmpdir(), "virtuoso-desk-"));
  const loaded = await loadConfig({ data }, {});
  const config = { ...loaded, file: { ...loaded.file, rules: [...rules] } };
  const opened = openForWriting(data, { waits: false });
  const ledger = new Ledger(opened, () => "epoch");
  const reader = new Reader(opened);
  const settings = new SettingsDesk(config, storedRuntime(reader));
  const told: Committed[] = [];
  const faults: (StoreFault | null)[] = [];
  let now = startsAt;
  const desk = new Desk({
    ledger,
    settings: () => settings.settings,
    askRules: (askables, holding) => askables.map((askable) => askHere(rules, askable, holding)),
    now: () => now,
    elapsed: () => performance.now(),
    committed: (news) => told.push(news),
    faulted: (fault) => faults.push(fault),
  });
  settings.reload(desk, config);
  return {
    desk, ledger, settings, opened, reader, data, told, faults,
    setNow: (at) => (now = at),
    [Symbol.dispose]() {
      desk[Symbol.dispose]();
      opened[Symbol.dispose]();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Rules asked without the worker they run on elsewhere. */
function askHere(rules: readonly UserRule[], { observation, report }: Askable, settings: Settings): RulesAsked | undefined {
  if (rules.length === 0) return undefined;
  const context = { now: observation.receivedAt, settings: settingsFor(settings, observation.source), priorityOf: (strength: number | null) => priorityOf(strength, settings.priorities) };
  const items = shownItems(observation, report);
  const answers = rules.flatMap((rule) =>
    items.flatMap((item, index) => {
      const answer = judgeItem(rule, item, context);
      return answer ? [{ rule: rule.name, item: index, ...answer }] : [];
    }),
  );
  return { asked: rules.map(({ name }) => name), answers };
}

/** How the file of an observed report was read. */
export function fileOf(report: Unsequenced<ReportObserved>): FileRead {
  const text = JSON.stringify([report.file, report.signals, report.opportunities, report.refusals]);
  return { size: text.length, modifiedAt: report.modifiedAt, digest: Bun.hash(text).toString(36), bytes: new TextEncoder().encode(text), original: null };
}
