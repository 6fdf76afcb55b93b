import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReportFolder, SourceObservation } from "../../src/ingest/ports";
import { ReportSource, type ReportSourceDeps } from "../../src/ingest/report-source";

export interface TestSource extends AsyncDisposable {
  readonly source: ReportSource;
  readonly dir: string;
  /** Everything it handed on, oldest first. */
  readonly observations: readonly SourceObservation[];
  /** Paths it says are no longer there. */
  readonly gone: ReadonlySet<string>;
  reports(): Extract<SourceObservation, { kind: "report" }>[];
}

type Given = { readonly folder?: Partial<ReportFolder> } & Partial<ReportSourceDeps>;

/** One source on a real folder, with nothing behind it but a list of what it handed on; not begun yet. */
export function testSourceOn(
  dir: string,
  { folder = {}, ...deps }: Given = {},
): Omit<TestSource, typeof Symbol.asyncDispose> {
  const observations: SourceObservation[] = [];
  const gone = new Set<string>();
  const source = new ReportSource(
    {
      name: "reports",
      dir,
      create: false,
      watch: "auto",
      parseOptions: { zone: "UTC", score: "auto", reliability: "auto", strategy: null, map: {} },
      ...folder,
    },
    {
      intake: {
        submit: (observation) => Promise.resolve(observations.push(observation) > 0),
        touch: () => Promise.resolve(true),
        markGone(_source, paths, goneAt) {
          for (const path of paths) {
            if (goneAt === null) gone.delete(path);
            else gone.add(path);
          }
          return Promise.resolve(true);
        },
        knownFiles: () => [],
        digestOf: () => undefined,
      },
      events: { handled: () => undefined, progressed: () => undefined },
      now: Date.now,
      elapsed: () => performance.now(),
      noticeSuspension: () => undefined,
      ...deps,
    },
  );
  return { source, dir, observations, gone, reports: () => observations.filter((each) => each.kind === "report") };
}

/** The same in a folder of its own, its first look done. `before` fills the folder. */
export async function startTestSource({
  before,
  ...given
}: Given & { readonly before?: (dir: string) => void } = {}): Promise<TestSource> {
  const dir = given.folder?.dir ?? mkdtempSync(join(tmpdir(), "virtuoso-source-"));
  before?.(dir);
  const test = testSourceOn(dir, given);
  await test.source.start();
  return {
    ...test,
    async [Symbol.asyncDispose]() {
      await test.source[Symbol.asyncDispose]();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
