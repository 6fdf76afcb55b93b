import { describe, expect, test } from "bun:test";
import type { ExternalAlert } from "../../../../src/core/observation";
import { countExternalAlerts, externalAlertStandsForMs } from "../../../../src/core/decide/rules/external-alert";
import { Deciding, hours, minutes, noon, usualSettings } from "../../../support/deciding";

/** An alert of another alerting system ends by its own end, or when it is no longer sent. */

const disk: ExternalAlert = {
  fingerprint: "d15c",
  name: "DiskFull",
  firing: true,
  priority: "high",
  summary: null,
  startsAt: "2026-03-02T12:00:00Z",
  labels: {},
};

function receive(history: Deciding, at: number, more: Partial<ExternalAlert> = {}, from?: string) {
  return history.show({
    kind: "external-alerts",
    source: "alertmanager",
    ...(from !== undefined && { from }),
    alerts: [{ ...disk, ...more }],
    receivedAt: at,
  });
}

describe("a standing alert of another system", () => {
  test("no longer sent, it ends after a day and not before", () => {
    const history = new Deciding();
    receive(history, noon);
    expect(history.tick(noon + externalAlertStandsForMs - 1).changed).toEqual([]);
    expect(history.tick(noon + externalAlertStandsForMs).changed).toMatchObject([
      { state: "resolved", at: noon + externalAlertStandsForMs },
    ]);
    expect(history.conditions).toEqual([]);
  });

  test("sent again, it stays open for a day from then, as the one alert it is", () => {
    const history = new Deciding();
    expect(receive(history, noon).raised).toHaveLength(1);
    expect(receive(history, noon + 20 * hours).raised).toEqual([]);
    expect(history.tick(noon + 43 * hours).changed).toEqual([]);
    expect(history.tick(noon + 44 * hours).changed).toHaveLength(1);
  });

  test("its own end comes first, and sending it again with a later end moves it", () => {
    const history = new Deciding();
    receive(history, noon, { endsAt: noon + 5 * minutes });
    receive(history, noon + 4 * minutes, { endsAt: noon + 9 * minutes });
    expect(history.tick(noon + 5 * minutes).changed).toEqual([]);
    expect(history.tick(noon + 9 * minutes).changed).toHaveLength(1);
  });

  test("an end further off than a day does not make it stand longer", () => {
    const history = new Deciding();
    receive(history, noon, { endsAt: noon + 1000 * hours });
    expect(history.tick(noon + 24 * hours).changed).toHaveLength(1);
  });

  test("sent as firing after its own end, it is over", () => {
    const history = new Deciding();
    expect(receive(history, noon, { endsAt: noon }).raised).toEqual([]);
    receive(history, noon);
    expect(receive(history, noon + minutes, { endsAt: noon + 1 }).changed).toHaveLength(1);
  });

  test("held back by a silence, it is forgotten after a day all the same", () => {
    const history = new Deciding(
      usualSettings({ silences: [{ match: { source: "alertmanager" }, until: noon + 48 * hours, why: "night" }] }),
    );
    expect(receive(history, noon).decisions.map(({ word }) => word)).toEqual(["silenced"]);
    history.tick(noon + 24 * hours);
    expect(history.conditions).toEqual([]);
  });

  test("shows its labels, and none of them stands in for its fingerprint or its start", () => {
    const history = new Deciding();
    const [alert] = receive(history, noon, {
      labels: { instance: "db:9100", fingerprint: "another", startsAt: "never" },
    }).raised;
    expect(alert?.details).toEqual({ instance: "db:9100", fingerprint: disk.fingerprint, startsAt: disk.startsAt });
  });

  test("open alerts are counted by sender, but for those sent now", () => {
    const history = new Deciding();
    receive(history, noon, { fingerprint: "a1" }, "prometheus");
    receive(history, noon, { fingerprint: "a2" }, "prometheus");
    receive(history, noon, { fingerprint: "a3" });
    expect(countExternalAlerts(history.state, "alertmanager", "prometheus")).toBe(2);
    expect(countExternalAlerts(history.state, "alertmanager", "prometheus", new Set(["a2"]))).toBe(1);
    expect(countExternalAlerts(history.state, "alertmanager", undefined)).toBe(1);
    expect(countExternalAlerts(history.state, "grafana", "prometheus")).toBe(0);
  });
});
