import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../src/config";
import { priorityOf } from "../../src/core/alert";
import type { RuleAnswers } from "../../src/core/decide/rules/rule-answer";
import type { RuleInput } from "../../src/rules/rule-input";
import { judgeItem } from "../../src/rules/judge";
import { shownItems } from "../../src/rules/shown-items";
import type { ReportObserved, Unsequenced } from "../../src/core/observation";
import { settingsFor, type Settings, type UserRule } from "../../src/core/settings";
import type { Committed } from "../../src/committed";
import { Writer } from "../../src/writer";
import { SettingsService, storedRuntime } from "../../src/settings";
import type { StoreFault } from "../../src/core/store-fault";
import { type FileRead, StoreWriter } from "../../src/store/writer";
import { openForWriting, type Database } from "../../src/store/db";
import { Reader } from "../../src/store/reader";

/** The one writer on a real database, without folders and servers around it. */
export interface TestWriter extends Disposable {
  readonly writer: Writer;
  readonly storeWriter: StoreWriter;
  readonly settings: SettingsService;
  readonly database: Database;
  readonly reader: Reader;
  readonly data: string;
  readonly commits: Committed[];
  /** Every change of what the store says is wrong with it; null: it takes again. */
  readonly faults: (StoreFault | null)[];
  /** Moves the desk's clock, epoch ms. */
  setNow(now: number): void;
}

export async function openTestWriter(startsAt: number, rules: readonly UserRule[] = []): Promise<TestWriter> {
  const data = mkdtempSync(join(tmpdir(), "virtuoso-desk-"));
  const loaded = await loadConfig({ data }, {});
  const config = { ...loaded, file: { ...loaded.file, rules: [...rules] } };
  const database = openForWriting(data, { waits: false });
  const storeWriter = new StoreWriter(database, () => "epoch");
  const reader = new Reader(database);
  const settings = new SettingsService(config, storedRuntime(reader));
  const commits: Committed[] = [];
  const faults: (StoreFault | null)[] = [];
  let now = startsAt;
  const writer = new Writer({
    storeWriter,
    settings: () => settings.settings,
    runRules: (inputs, holding) => inputs.map((input) => queryHere(rules, input, holding)),
    now: () => now,
    elapsed: () => performance.now(),
    committed: (news) => commits.push(news),
    faulted: (fault) => faults.push(fault),
  });
  settings.reload(writer, config);
  return {
    writer,
    storeWriter,
    settings,
    database,
    reader,
    data,
    commits,
    faults,
    setNow: (at) => (now = at),
    [Symbol.dispose]() {
      writer[Symbol.dispose]();
      database[Symbol.dispose]();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** Rules asked without the worker they run on elsewhere. */
function queryHere(
  rules: readonly UserRule[],
  { observation, report }: RuleInput,
  settings: Settings,
): RuleAnswers | undefined {
  if (rules.length === 0) return undefined;
  const context = {
    now: observation.receivedAt,
    settings: settingsFor(settings, observation.source),
    priorityOf: (strength: number | null) => priorityOf(strength, settings.priorities),
  };
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
  return {
    size: text.length,
    modifiedAt: report.modifiedAt,
    digest: Bun.hash(text).toString(36),
    bytes: new TextEncoder().encode(text),
    original: null,
  };
}
