import type { Server, ServerWebSocket } from "bun";
import { createAssets } from "../../src/api/assets";
import type { ReadinessShape } from "../../src/views/health";
import { defaultTunables, type Tunables } from "../../src/core/tunables";
import { permissionsOf } from "../../src/core/roles";
import { defaultPreferences } from "../../src/views/preferences";
import { aMarketDetail } from "./scripted-market";
import type { FrameOf, ServerFrame } from "../../src/views/frames";
import { unknownMarket } from "../../src/views/market";
import type { AlertShape, OverviewShape, SignalShape, SystemStatusShape } from "../../ui/wire";

/** A frame as a story gives it: when it was sent is filled in. */
type ScriptedFrame = Undated<ServerFrame> | { readonly type: "events"; readonly items: readonly ScriptedFrame[] };
type Undated<F> = F extends { readonly timestamp: string } ? Omit<F, "timestamp"> : never;

/** A daemon that says exactly what a story needs: for what the real one cannot be made to do on cue. */
export interface ScriptedDaemon {
  readonly url: string;
  /** What the page sent, oldest first. */
  readonly received: readonly Record<string, unknown>[];
  /** Timeframes of the overviews requested. */
  readonly requested: readonly (string | null)[];
  /** How often readiness was requested. */
  readyRequests(): number;
  /** When each socket was opened, monotonic ms. */
  readonly greetedAt: readonly number[];
  /** The hello it sends by now. */
  greeting(): Undated<FrameOf<"hello">>;
  send(frame: ScriptedFrame): void;
  change(next: Partial<Script>): void;
  /** Goes away as after a kill: sockets cut, port free. */
  vanish(): Promise<void>;
  comeBack(): void;
  stop(): Promise<void>;
}

interface Script {
  readonly epoch: string;
  readonly seq: number;
  readonly overview: OverviewShape;
  readonly readiness: ReadinessShape;
  /** Answers at other paths of the API; a function is given the query. */
  readonly answers: Readonly<Record<string, object | ((query: URLSearchParams) => object)>>;
  /** Greets a socket and closes it. */
  readonly hangsUp: boolean;
}

export function startScriptedDaemon(overview: OverviewShape = anOverview()): ScriptedDaemon {
  let script: Script = {
    epoch: "first",
    seq: 100,
    overview,
    readiness: { status: "ready", code: null, sources: [] },
    answers: { "/api/dashboard/config": defaultTunables, "/api/market": aMarketDetail() },
    hangsUp: false,
  };
  const greetedAt: number[] = [];
  let readyRequests = 0;
  const assets = createAssets({ version: "scripted", program: "virtuoso" });
  const received: Record<string, unknown>[] = [];
  const requested: (string | null)[] = [];
  const sockets = new Set<ServerWebSocket>();
  let server = listen(0);
  const port = server.port;

  function greeting(): Undated<FrameOf<"hello">> {
    const { epoch, seq, answers } = script;
    const config = answers["/api/dashboard/config"] as Tunables;
    return { type: "hello", epoch, seq, heartbeat_seconds: 15, version: "scripted", config };
  }

  function listen(port: number | undefined): Server<undefined> {
    return Bun.serve({
      hostname: "127.0.0.1",
      port: port ?? 0,
      async fetch(request, server) {
        const { pathname, searchParams } = new URL(request.url);
        if (pathname === "/api/dashboard/ws")
          return server.upgrade(request) ? undefined : new Response(null, { status: 400 });
        if (pathname === "/readyz") {
          readyRequests += 1;
          return Response.json(script.readiness);
        }
        const answer = script.answers[pathname] ?? usual[pathname];
        if (answer !== undefined) return Response.json(typeof answer === "function" ? answer(searchParams) : answer);
        if (pathname === "/api/dashboard/overview") {
          requested.push(searchParams.get("timeframe"));
          return Response.json(dated(script.overview));
        }
        return (await assets.serve(pathname, request)) ?? new Response("not found", { status: 404 });
      },
      websocket: {
        open(socket) {
          greetedAt.push(performance.now());
          sockets.add(socket);
          socket.send(textOf(greeting()));
          socket.send(textOf({ type: "dashboard_update", data: dated(script.overview) }));
          if (script.hangsUp) socket.close(1013, "try again later");
        },
        message(_socket, text) {
          received.push(JSON.parse(String(text)) as Record<string, unknown>);
        },
        close: (socket) => void sockets.delete(socket),
      },
    });
  }

  return {
    url: `http://127.0.0.1:${port}/dashboard`,
    received,
    requested,
    readyRequests: () => readyRequests,
    greetedAt,
    greeting,
    send: (frame) => sockets.forEach((socket) => socket.send(textOf(frame))),
    change: (next) => {
      script = { ...script, ...next };
    },
    vanish: () => server.stop(true),
    comeBack: () => {
      server = listen(port);
    },
    stop: () => server.stop(true),
  };
}

function textOf(frame: ScriptedFrame): string {
  return JSON.stringify(sentNow(frame));
}

function sentNow(frame: ScriptedFrame): object {
  if (frame.type === "events")
    return { type: frame.type, timestamp: new Date().toISOString(), items: frame.items.map(sentNow) };
  return { timestamp: new Date().toISOString(), ...frame };
}

/** What every page requests, whatever the story. */
const usual: Script["answers"] = {
  "/api/symbols": { components: [], items: [] },
  "/api/sources": { items: [], next_cursor: null },
  "/api/decisions/counts": () => ({ since: secondsAgo(14_400), raised: 0, held: 0, not_worth: 0, words: [] }),
  "/api/alerts/groups": () => ({ since: secondsAgo(14_400), counts: { low: 0, medium: 0, high: 0 }, items: [] }),
  "/api/auth/me": {
    kind: "owner",
    name: "owner",
    role: "admin",
    permissions: permissionsOf.admin.values().toArray(),
    auth: "off",
    csrf_token: null,
    session: null,
  },
  "/api/preferences": defaultPreferences,
};

const dated = (overview: OverviewShape): OverviewShape => ({ ...overview, timestamp: new Date().toISOString() });

export const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

export function aSignal(with_: Partial<SignalShape> = {}): SignalShape {
  return {
    id: "signal-1",
    symbol: "BTCUSDT",
    signal: "BUY",
    direction: "long",
    score: 85.2,
    strength: 85.2,
    reliability: 92.5,
    price: 43_000.1,
    timestamp: secondsAgo(3),
    received_at: secondsAgo(2),
    source: "reports",
    strategy: null,
    timeframe: null,
    exchange: null,
    filename: "BTCUSDT_BUY_20240115_102500.json",
    decision: "raised",
    undated: false,
    revisions: 0,
    ...with_,
  };
}

export function anAlert(with_: Partial<AlertShape> = {}): AlertShape {
  return {
    id: "alert-1",
    kind: "event",
    state: "open",
    type: "SIGNAL",
    priority: "high",
    message: "BTCUSDT Long, strength 85.2",
    timestamp: secondsAgo(2),
    source: "reports",
    symbol: "BTCUSDT",
    direction: "long",
    rule: "strong-signal",
    signal_id: "signal-1",
    subject_id: "signal-1",
    expires_at: null,
    ended_at: null,
    end_reason: null,
    superseded_by: null,
    acknowledged: null,
    ...with_,
  };
}

type AgedOpportunity = OverviewShape["alpha_opportunities"][number];

export function anOpportunity(with_: Partial<AgedOpportunity> = {}): AgedOpportunity {
  return {
    id: "opportunity-1",
    symbol: "AVAXUSDT",
    pattern: "beta_expansion",
    confidence: 0.892,
    alpha_potential: 0.124,
    risk_level: "Medium",
    timestamp: secondsAgo(40),
    received_at: secondsAgo(40),
    source: "reports",
    age_seconds: 40,
    decision: "raised",
    stale: false,
    ...with_,
  };
}

export function anOverview(with_: Partial<OverviewShape> = {}): OverviewShape {
  return {
    timestamp: secondsAgo(0),
    demo: false,
    signals: [],
    alerts: [],
    alpha_opportunities: [],
    held_back: {},
    market: {
      ...unknownMarket,
      btc_dominance: null,
      fear_and_greed: null,
      figures: [],
      age_seconds: null,
      stale: null,
    },
    system_status: aStatus(),
    ...with_,
  };
}

export function aStatus(status: SystemStatusShape["status"] = "online"): SystemStatusShape {
  return {
    status,
    uptime: "24h 15m",
    uptime_seconds: 87_300,
    cpu_usage: 45.2,
    memory_usage: 68.7,
    disk_usage: null,
    active_connections: 1,
    freshness: [],
    last_scan: secondsAgo(20),
  };
}
