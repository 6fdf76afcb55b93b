import { describe, expect, test } from "bun:test";
import type { ExternalAlert } from "../../../src/core/observation";
import { countExternalAlerts, externalAlertStandsForMs } from "../../../src/core/rules/external-alert";
import { Deciding, hours, minutes, noon, usualSettings } from "../../support/deciding";

/** What another alerting system told ends by its own end, or where it is told no more. */

const disk: ExternalAlert = { fingerprint: "d15c", name: "DiskFull", firing: true, priority: "high", summary: null, startsAt: "2026-03-02T12:00:00Z", labels: {} };

function tell(desk: Deciding, at: number, more: Partial<ExternalAlert> = {}, from?: string) {
  return desk.show({ kind: "external-alerts", source: "alertmanager", ...(from !== undefined && { from }), alerts: [{ ...disk, ...more }], receivedAt: at });
}

describe("a standing alert of another system", () => {
  test("told no more, it ends after a day and not before", () => {
    const desk = new Deciding();
    tell(desk, noon);
    expect(desk.tick(noon + externalAlertStandsForMs - 1).changed).toEqual([]);
    expect(desk.tick(noon + externalAlertStandsForMs).changed).toMatchObject([{ state: "resolved", at: noon + externalAlertStandsForMs }]);
    expect(desk.conditions).toEqual([]);
  });

  test("told again, it stands for a day from then, as the one alert it is", () => {
    const desk = new Deciding();
    expect(tell(desk, noon).raised).toHaveLength(1);
    expect(tell(desk, noon + 20 * hours).raised).toEqual([]);
    expect(desk.tick(noon + 43 * hours).changed).toEqual([]);
    expect(desk.tick(noon + 44 * hours).changed).toHaveLength(1);
  });

  test("its own end comes first, and telling it again with a later end moves it", () => {
    const desk = new Deciding();
    tell(desk, noon, { endsAt: noon + 5 * minutes });
    tell(desk, noon + 4 * minutes, { endsAt: noon + 9 * minutes });
    expect(desk.tick(noon + 5 * minutes).changed).toEqual([]);
    expect(desk.tick(noon + 9 * minutes).changed).toHaveLength(1);
  });

  test("an end further off than a day does not make it stand longer", () => {
    const desk = new Deciding();
    tell(desk, noon, { endsAt: noon + 1000 * hours });
    expect(desk.tick(noon + 24 * hours).changed).toHaveLength(1);
  });

  test("told as firing after its own end, it is over", () => {
    const desk = new Deciding();
    expect(tell(desk, noon, { endsAt: noon }).raised).toEqual([]);
    tell(desk, noon);
    expect(tell(desk, noon + minutes, { endsAt: noon + 1 }).changed).toHaveLength(1);
  });

  test("held back by a silence, it is forgotten after a day all the same", () => {
    const desk = new Deciding(usualSettings({ silences: [{ match: { source: "alertmanager" }, until: noon + 48 * hours, why: "night" }] }));
    expect(tell(desk, noon).decisions.map(({ word }) => word)).toEqual(["silenced"]);
    desk.tick(noon + 24 * hours);
    expect(desk.conditions).toEqual([]);
  });

  test("shows its labels, and none of them stands in for its fingerprint or its start", () => {
    const desk = new Deciding();
    const [alert] = tell(desk, noon, { labels: { instance: "db:9100", fingerprint: "another", startsAt: "never" } }).raised;
    expect(alert?.details).toEqual({ instance: "db:9100", fingerprint: disk.fingerprint, startsAt: disk.startsAt });
  });

  test("what stands is counted by who told it, but for what is told now", () => {
    const desk = new Deciding();
    tell(desk, noon, { fingerprint: "a1" }, "prometheus");
    tell(desk, noon, { fingerprint: "a2" }, "prometheus");
    tell(desk, noon, { fingerprint: "a3" });
    expect(countExternalAlerts(desk.state, "alertmanager", "prometheus")).toBe(2);
    expect(countExternalAlerts(desk.state, "alertmanager", "prometheus", new Set(["a2"]))).toBe(1);
    expect(countExternalAlerts(desk.state, "alertmanager", undefined)).toBe(1);
    expect(countExternalAlerts(desk.state, "grafana", "prometheus")).toBe(0);
  });
});
