import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "../../src/config";
import type { ReportObserved, Unsequenced } from "../../src/core/observation";
import type { UserRule } from "../../src/core/settings";
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

/** How the file of an observed report was read. */
export function fileOf(report: Unsequenced<ReportObserved>): FileRead {
  const text = JSON.stringify([report.file, report.signals, report.opportunities, report.refusals]);
  return { size: text.length, modifiedAt: report.modifiedAt, digest: Bun.hash(text).toString(36), original: null };
}
