import { expect, test } from "bun:test";
import { readAlerts } from "../../src/api/alertmanager";

const now = Date.parse("2026-03-02T12:00:00Z");
const sound = {
  status: "firing",
  labels: { alertname: "DiskFull" },
  startsAt: "2026-03-02T11:00:00Z",
  fingerprint: "c0ffee",
};

test.each<[unknown, string]>([
  [null, "the alert: expected an object, got null"],
  ["firing", 'the alert: expected an object, got "firing"'],
  [{ ...sound, status: "burning" }, "status: expected firing or resolved"],
  [{ ...sound, status: 1 }, "status: expected text, got 1"],
  [{ ...sound, labels: undefined }, "labels: expected an object, got nothing"],
  [{ ...sound, labels: [] }, "labels: expected an object, got a list"],
  [{ ...sound, annotations: "none" }, 'annotations: expected an object, got "none"'],
  [{ ...sound, fingerprint: { a: 1 } }, "fingerprint: expected text"],
  [{ ...sound, startsAt: 7, endsAt: {} }, "startsAt: expected text, got 7; endsAt: expected text, got an object"],
  [
    { ...sound, startsAt: "yesterday" },
    'startsAt: expected a time between the year 2000 and tomorrow, not "yesterday"',
  ],
  [
    { ...sound, startsAt: "2026-03-03T12:00:01Z" },
    'startsAt: expected a time between the year 2000 and tomorrow, not "2026-03-03T12:00:01Z"',
  ],
  [
    { ...sound, endsAt: "2030-01-01T00:00:00Z" },
    'endsAt: expected a time between the year 2000 and a year from now, not "2030-01-01T00:00:00Z"',
  ],
])("why %j is refused is said in plain words", (alert, reason) => {
  expect(readAlerts([sound, alert], now)).toMatchObject({ read: [{ index: 0 }], refusals: [{ index: 1, reason }] });
});
