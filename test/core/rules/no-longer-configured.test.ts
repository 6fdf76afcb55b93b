import { describe, expect, test } from "bun:test";
import type { HostReading, Unsequenced, Configured } from "../../../src/core/observation";
import { systemFingerprint } from "../../../src/core/rules/system-alert";
import { Draft } from "../../../src/core/state";
import { Deciding, hours, minutes, noon, seconds, usualSettings } from "../../support/deciding";
import { reportOf, signalOf } from "../../support/observations";

/** Every kind of state alert, and the change of the config after which it speaks of nothing. */

const configured: Unsequenced<Configured> = { kind: "configured", receivedAt: noon, sources: { reports: "UTC", other: "UTC" }, scanners: ["system", "market:bybit"], rules: { mine: "one" } };

const refusal = { reason: "not-json", detail: "no JSON", element: null, observedAt: null, zoneAssumed: false } as const;

const conditions: Record<string, { readonly raise: (desk: Deciding) => void; readonly gone: Partial<Configured>; readonly settings?: ReturnType<typeof usualSettings> }> = {
  "source-unreachable reports": {
    raise: (desk) => {
      desk.show({ kind: "source-unreachable", source: "reports", why: "no such folder", receivedAt: noon });
      desk.tick(noon + minutes);
    },
    gone: { sources: { other: "UTC" } },
  },
  "source-silent reports": {
    raise: (desk) => {
      desk.settings = usualSettings({ sources: { reports: { ...desk.settings.defaults, expectEveryMs: minutes } } });
      desk.show({ kind: "source-watched", source: "reports", receivedAt: noon });
      desk.show(reportOf({ receivedAt: noon, signals: [signalOf({ observedAt: noon })] }));
      desk.tick(noon + 5 * minutes);
    },
    gone: { sources: { other: "UTC" } },
  },
  "reports-refused reports": {
    raise: (desk) => {
      for (let file = 0; file < 5; file++) desk.show(reportOf({ receivedAt: noon, file: `${file}.json`, refusals: [refusal] }));
    },
    gone: { sources: { other: "UTC" } },
  },
  "clock-offset reports": {
    raise: (desk) => {
      for (let file = 0; file < 5; file++) desk.show(reportOf({ receivedAt: noon, file: `${file}.json`, signals: [signalOf({ symbol: `A${file}`, observedAt: noon - 2 * hours, zoneAssumed: true })] }));
    },
    gone: { sources: { other: "UTC", reports: "+02:00" } },
  },
  "scanner-failing market:bybit": {
    raise: (desk) => void desk.show({ kind: "scanner-fared", scanner: "market:bybit", failing: "no answer", receivedAt: noon }),
    gone: { scanners: ["system"] },
  },
  "exchange-clock bybit": {
    raise: (desk) => void desk.show({ kind: "exchange-clock", exchange: "bybit", aheadMs: 300_000, receivedAt: noon }),
    gone: { scanners: ["system"] },
  },
  "host-pressure memory": {
    raise: (desk) => {
      desk.show({ kind: "host-measured", readings: { memory: 99 }, receivedAt: noon });
      desk.show({ kind: "host-measured", readings: { memory: 99 }, receivedAt: noon + 10 * minutes });
    },
    gone: { scanners: ["market:bybit"] },
  },
};

describe("a state alert ends when what it speaks of is gone", () => {
  for (const [name, { raise, gone }] of Object.entries(conditions)) {
    test(name, () => {
      const desk = new Deciding();
      desk.show(configured);
      raise(desk);
      expect(desk.conditions).toEqual([name]);
      const seq = desk.all.flatMap(({ raised }) => raised).find(({ kind }) => kind === "state")?.seq;
      const after = noon + hours;
      expect(desk.show({ ...configured, receivedAt: after }).changed).toEqual([]);
      expect(desk.show({ ...configured, ...gone, receivedAt: after }).changed).toEqual([{ seq: seq ?? 0, state: "resolved", at: after, supersededBy: null, reason: "gone" }]);
      expect(desk.tick(after + 1000 * seconds)).toMatchObject({ decisions: [], changed: [] });
      expect(desk.conditions).toEqual([]);
    });
  }

  test("a limit that was taken away", () => {
    const desk = new Deciding();
    conditions["host-pressure memory"]?.raise(desk);
    desk.settings = usualSettings({ host: {} });
    expect(desk.show({ ...configured, receivedAt: noon + hours }).changed).toMatchObject([{ reason: "gone" }]);
    expect([...desk.state.entries("pressure")]).toEqual([]);
  });

  test("nothing is remembered of a source that is gone, though a last report of it comes in", () => {
    const desk = new Deciding();
    desk.show(configured);
    conditions["source-silent reports"]?.raise(desk);
    desk.show({ ...configured, sources: { other: "UTC" } });
    for (let file = 0; file < 9; file++) desk.show(reportOf({ receivedAt: noon + hours, file: `${file}.json`, refusals: [refusal] }));
    desk.show({ kind: "source-unreachable", source: "reports", why: "closed", receivedAt: noon + hours });
    desk.tick(noon + hours);
    desk.tick(noon + 2 * hours);
    for (const kind of ["source", "cadence", "intake", "offset", "missed"] as const) expect({ kind, cells: [...desk.state.entries(kind)] }).toEqual({ kind, cells: [] });
  });

  test("an alert of another system from before those had an end gets one", () => {
    const desk = new Deciding(usualSettings({ edition: 0 }));
    desk.show({ kind: "external-alerts", source: "alertmanager", receivedAt: noon, alerts: [{ fingerprint: "a", name: "A", firing: true, priority: "low", summary: null, startsAt: "", labels: {} }] });
    desk.tick(noon + 100 * hours);
    expect(desk.conditions).toEqual(["alertmanager a"]);
    desk.settings = usualSettings();
    desk.show({ ...configured, receivedAt: noon + 100 * hours });
    expect(desk.tick(noon + 124 * hours).changed).toMatchObject([{ reason: "not-repeated" }]);
  });
});

describe("a state alert ends when what it was judged by is no more", () => {
  test("a reading that cannot be had for a quarter of an hour", () => {
    const desk = new Deciding();
    conditions["host-pressure memory"]?.raise(desk);
    const measure = (at: number, readings: Partial<Record<HostReading, number>>) => desk.show({ kind: "host-measured", readings, receivedAt: noon + at });
    measure(20 * minutes, {});
    measure(30 * minutes, { memory: 99 });
    measure(31 * minutes, {});
    expect(measure(46 * minutes - 1, {}).changed).toEqual([]);
    expect(measure(46 * minutes, {}).changed).toMatchObject([{ state: "resolved", reason: "not-repeated" }]);
  });

  test("a share of refused reports of which the newest was refused a day ago", () => {
    const desk = new Deciding();
    for (let file = 0; file < 50; file++) desk.show(reportOf({ receivedAt: noon + file * 20 * minutes, file: `${file}.json`, refusals: file % 2 === 1 ? [refusal] : [] }));
    expect(desk.conditions).toEqual(["reports-refused reports"]);
    const last = noon + 49 * 20 * minutes;
    expect(desk.tick(last + 24 * hours - 1).changed).toEqual([]);
    expect(desk.tick(last + 24 * hours).changed).toMatchObject([{ reason: "condition-over" }]);
  });
});

function withFailingRule(): Deciding {
  const desk = new Deciding();
  desk.show(configured);
  const draft = new Draft(desk.state);
  draft.set("condition", systemFingerprint("rule-failing", "mine"), { since: noon, alertSeq: 1 });
  draft.set("rule", "mine", { failing: true, sound: 3 });
  desk.state.apply(draft);
  return desk;
}

describe("a rule of the user's own that fails", () => {
  test("removed, its alert ends", () => {
    expect(withFailingRule().show({ ...configured, rules: {} }).changed).toMatchObject([{ reason: "gone" }]);
  });

  test("changed, its alert ends and it begins anew", () => {
    const desk = withFailingRule();
    expect(desk.show({ ...configured, rules: { mine: "two" } }).changed).toMatchObject([{ reason: "gone" }]);
    expect([...desk.state.entries("rule")]).toEqual([]);
  });

  test("as it was, its alert stands", () => {
    expect(withFailingRule().show(configured).changed).toEqual([]);
  });
});
