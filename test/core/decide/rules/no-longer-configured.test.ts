import { describe, expect, test } from "bun:test";
import type { HostReading, Unsequenced, Configured } from "../../../../src/core/observation";
import { systemFingerprint } from "../../../../src/core/decide/rules/system-alert";
import { StateOverlay } from "../../../../src/core/decide/state";
import { Deciding, hours, minutes, noon, seconds, usualSettings } from "../../../support/deciding";
import { reportOf, signalOf } from "../../../support/observations";

/** Every kind of state alert, and the change of the config after which it speaks of nothing. */

const configured: Unsequenced<Configured> = {
  kind: "configured",
  receivedAt: noon,
  sources: { reports: "UTC", other: "UTC" },
  scanners: ["system", "market:bybit"],
  rules: { mine: "one" },
};

const refusal = { reason: "not-json", detail: "no JSON", element: null, observedAt: null, zoneAssumed: false } as const;

const conditions: Record<
  string,
  {
    readonly raise: (history: Deciding) => void;
    readonly gone: Partial<Configured>;
    readonly settings?: ReturnType<typeof usualSettings>;
  }
> = {
  "source-unreachable reports": {
    raise: (history) => {
      history.show({ kind: "source-unreachable", source: "reports", why: "no such folder", receivedAt: noon });
      history.tick(noon + minutes);
    },
    gone: { sources: { other: "UTC" } },
  },
  "source-silent reports": {
    raise: (history) => {
      history.settings = usualSettings({
        sources: { reports: { ...history.settings.defaults, expectEveryMs: minutes } },
      });
      history.show({ kind: "source-watched", source: "reports", receivedAt: noon });
      history.show(reportOf({ receivedAt: noon, signals: [signalOf({ observedAt: noon })] }));
      history.tick(noon + 5 * minutes);
    },
    gone: { sources: { other: "UTC" } },
  },
  "reports-refused reports": {
    raise: (history) => {
      for (let file = 0; file < 5; file++)
        history.show(reportOf({ receivedAt: noon, file: `${file}.json`, refusals: [refusal] }));
    },
    gone: { sources: { other: "UTC" } },
  },
  "clock-offset reports": {
    raise: (history) => {
      for (let file = 0; file < 5; file++)
        history.show(
          reportOf({
            receivedAt: noon,
            file: `${file}.json`,
            signals: [signalOf({ symbol: `A${file}`, observedAt: noon - 2 * hours, zoneAssumed: true })],
          }),
        );
    },
    gone: { sources: { other: "UTC", reports: "+02:00" } },
  },
  "scanner-failing market:bybit": {
    raise: (history) =>
      void history.show({ kind: "scanner-fared", scanner: "market:bybit", failing: "no answer", receivedAt: noon }),
    gone: { scanners: ["system"] },
  },
  "exchange-clock bybit": {
    raise: (history) =>
      void history.show({ kind: "exchange-clock", exchange: "bybit", aheadMs: 300_000, receivedAt: noon }),
    gone: { scanners: ["system"] },
  },
  "host-pressure memory": {
    raise: (history) => {
      history.show({ kind: "host-measured", readings: { memory: 99 }, receivedAt: noon });
      history.show({ kind: "host-measured", readings: { memory: 99 }, receivedAt: noon + 10 * minutes });
    },
    gone: { scanners: ["market:bybit"] },
  },
};

describe("a state alert ends when what it speaks of is gone", () => {
  for (const [name, { raise, gone }] of Object.entries(conditions)) {
    test(name, () => {
      const history = new Deciding();
      history.show(configured);
      raise(history);
      expect(history.conditions).toEqual([name]);
      const seq = history.all.flatMap(({ raised }) => raised).find(({ kind }) => kind === "state")?.seq;
      const after = noon + hours;
      expect(history.show({ ...configured, receivedAt: after }).changed).toEqual([]);
      expect(history.show({ ...configured, ...gone, receivedAt: after }).changed).toEqual([
        { seq: seq ?? 0, state: "resolved", at: after, supersededBy: null, reason: "gone" },
      ]);
      expect(history.tick(after + 1000 * seconds)).toMatchObject({ decisions: [], changed: [] });
      expect(history.conditions).toEqual([]);
    });
  }

  test("a limit that was taken away", () => {
    const history = new Deciding();
    conditions["host-pressure memory"]?.raise(history);
    history.settings = usualSettings({ host: {} });
    expect(history.show({ ...configured, receivedAt: noon + hours }).changed).toMatchObject([{ reason: "gone" }]);
    expect([...history.state.entries("pressure")]).toEqual([]);
  });

  test("nothing is remembered of a source that is gone, though a last report of it comes in", () => {
    const history = new Deciding();
    history.show(configured);
    conditions["source-silent reports"]?.raise(history);
    history.show({ ...configured, sources: { other: "UTC" } });
    for (let file = 0; file < 9; file++)
      history.show(reportOf({ receivedAt: noon + hours, file: `${file}.json`, refusals: [refusal] }));
    history.show({ kind: "source-unreachable", source: "reports", why: "closed", receivedAt: noon + hours });
    history.tick(noon + hours);
    history.tick(noon + 2 * hours);
    for (const kind of ["source", "cadence", "intake", "offset", "missed"] as const)
      expect({ kind, cells: [...history.state.entries(kind)] }).toEqual({ kind, cells: [] });
  });

  test("an alert of another system from before those had an end gets one", () => {
    const history = new Deciding(usualSettings({ edition: 0 }));
    history.show({
      kind: "external-alerts",
      source: "alertmanager",
      receivedAt: noon,
      alerts: [{ fingerprint: "a", name: "A", firing: true, priority: "low", summary: null, startsAt: "", labels: {} }],
    });
    history.tick(noon + 100 * hours);
    expect(history.conditions).toEqual(["alertmanager a"]);
    history.settings = usualSettings();
    history.show({ ...configured, receivedAt: noon + 100 * hours });
    expect(history.tick(noon + 124 * hours).changed).toMatchObject([{ reason: "not-repeated" }]);
  });
});

describe("a state alert ends when what it was judged by is no more", () => {
  test("a reading that cannot be had for a quarter of an hour", () => {
    const history = new Deciding();
    conditions["host-pressure memory"]?.raise(history);
    const measure = (at: number, readings: Partial<Record<HostReading, number>>) =>
      history.show({ kind: "host-measured", readings, receivedAt: noon + at });
    measure(20 * minutes, {});
    measure(30 * minutes, { memory: 99 });
    measure(31 * minutes, {});
    expect(measure(46 * minutes - 1, {}).changed).toEqual([]);
    expect(measure(46 * minutes, {}).changed).toMatchObject([{ state: "resolved", reason: "not-repeated" }]);
  });

  test("a share of refused reports of which the newest was refused a day ago", () => {
    const history = new Deciding();
    for (let file = 0; file < 50; file++)
      history.show(
        reportOf({
          receivedAt: noon + file * 20 * minutes,
          file: `${file}.json`,
          refusals: file % 2 === 1 ? [refusal] : [],
        }),
      );
    expect(history.conditions).toEqual(["reports-refused reports"]);
    const last = noon + 49 * 20 * minutes;
    expect(history.tick(last + 24 * hours - 1).changed).toEqual([]);
    expect(history.tick(last + 24 * hours).changed).toMatchObject([{ reason: "condition-over" }]);
  });
});

function withFailingRule(): Deciding {
  const history = new Deciding();
  history.show(configured);
  const overlay = new StateOverlay(history.state);
  overlay.set("condition", systemFingerprint("rule-failing", "mine"), { since: noon, alertSeq: 1 });
  overlay.set("rule", "mine", { failing: true, sound: 3 });
  history.state.apply(overlay);
  return history;
}

describe("a rule of the user's own that fails", () => {
  test("removed, its alert ends", () => {
    expect(withFailingRule().show({ ...configured, rules: {} }).changed).toMatchObject([{ reason: "gone" }]);
  });

  test("changed, its alert ends and it begins anew", () => {
    const history = withFailingRule();
    expect(history.show({ ...configured, rules: { mine: "two" } }).changed).toMatchObject([{ reason: "gone" }]);
    expect([...history.state.entries("rule")]).toEqual([]);
  });

  test("as it was, its alert stands", () => {
    expect(withFailingRule().show(configured).changed).toEqual([]);
  });
});
