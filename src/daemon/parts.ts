import type { ProxyMistakes } from "../api/border/proxy-mistakes";
import type { Audit } from "../auth/audit";
import type { Sealer } from "../auth/sealing";
import type { AuthServices } from "../auth/services";
import type { ChannelDirectory } from "../channels/directory";
import type { Config } from "../config";
import type { ReportSources } from "../ingest/report-sources";
import type { UserRules } from "../rules/user-rules";
import type { ExchangeClocks } from "../scanners/exchange-clocks";
import type { Scheduler } from "../scanners/scheduler";
import type { SettingsService } from "../settings";
import type { AccessStore } from "../store/access";
import type { Database } from "../store/db";
import type { StoreGauges } from "../store/gauges";
import type { Reader } from "../store/reader";
import type { StoreWriter } from "../store/writer";
import type { Hub } from "../stream/hub";
import type { AnswerTally } from "../telemetry/answer-tally";
import type { HostGauge } from "../telemetry/host";
import type { Log } from "../telemetry/log";
import type { Metrics } from "../telemetry/metrics";
import type { Overview } from "../views/overview";
import type { PreparedOverviews } from "../views/prepared";
import type { Writer } from "../writer";
import type { Checkpoints } from "./checkpoints";
import type { IntegrityCheck } from "./integrity";
import type { Queries } from "../views/queries";
import type { QueryThreads } from "./query-threads";
import type { RetentionKeeper } from "./retention";
import type { TimesOf } from "./scanners";
import type { Section } from "./section";
import type { Suspension } from "./suspension";
import type { CertificateStatus } from "./tls";

/** What a running daemon has, whatever it does: sections are made of it. */
export interface DaemonParts {
  /** The config it was started with; what holds by now is the settings' to say. */
  readonly started: Config;
  /** Where it listens: http://host:port */
  readonly url: string;
  /** Where people find its page: the public URL, else where it listens with the base path. */
  readonly publicUrl: () => string;
  /** A one-time link that signs the machine's owner in. */
  readonly createLink: () => string;
  /** What proxies in front of it do wrong. */
  readonly mistakes: ProxyMistakes;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Wall clock, epoch ms: the demo's own in a demo. */
  readonly now: () => number;
  /** Monotonic, ms: durations only. */
  readonly elapsed: () => number;
  /** Monotonic, ms, and in step with `now`: what scans are due by. */
  readonly scanElapsed: () => number;
  /** The machine's own clock, epoch ms, whatever clock the daemon goes by. */
  readonly wallClock: () => number;
  /** By `elapsed`. */
  readonly startedAt: number;
  readonly demo: boolean;
  /** Rest between two requests to an exchange, ms; undefined: the exchange's own. */
  readonly rateLimitMs: number | undefined;
  readonly database: Database;
  readonly reader: Reader;
  readonly storeWriter: StoreWriter;
  readonly storeGauges: StoreGauges;
  readonly queries: Queries;
  readonly far: QueryThreads;
  readonly writer: Writer;
  readonly settings: SettingsService;
  readonly rules: UserRules;
  readonly suspension: Suspension;
  readonly sources: ReportSources;
  readonly scheduler: Scheduler;
  readonly times: TimesOf;
  readonly overview: Overview;
  readonly prepared: PreparedOverviews;
  readonly hub: Hub;
  readonly accounts: AccessStore;
  readonly sealer: Sealer;
  readonly channels: ChannelDirectory;
  readonly authServices: AuthServices;
  readonly audit: Audit;
  readonly host: HostGauge;
  /** Seconds, worst of late. */
  readonly loopLag: () => number;
  readonly answers: AnswerTally;
  readonly retention: RetentionKeeper;
  readonly checkpoints: Checkpoints;
  readonly integrity: IntegrityCheck;
  readonly clocks: ExchangeClocks;
  /** Epoch ms; null before the first. */
  readonly lastCommitAt: () => number | null;
  /** Why the config file as it now is cannot be used; null where it holds. */
  readonly configRefused: () => string | null;
  /** Null where plain HTTP is served. */
  readonly certificate: () => CertificateStatus | null;
  /** Empty until all of them are made. */
  readonly sections: readonly Section[];
}

/** Makes a section of what the daemon has; nothing of it runs yet. */
export type CreateSection = (parts: DaemonParts) => Section;
