import { expect } from "bun:test";
import type { Acknowledgement } from "../../src/core/act";
import type { Alert, AlertChange } from "../../src/core/alert";
import type { Decision } from "../../src/core/decide/decision";
import { MemoryState, type CellKind } from "../../src/core/decide/state";
import { replay } from "../../src/replay";
import { storedObservations, storedSettings } from "../../src/store/observed";
import { openForReading } from "../../src/store/db";

const cellKinds = [
  "cooldown",
  "cap",
  "open",
  "condition",
  "acknowledged",
  "silence",
  "source",
  "cadence",
  "intake",
  "offset",
  "missed",
  "pressure",
  "rule",
  "configured",
  "housekeeping",
] as const satisfies readonly CellKind[];

/** Shows what is stored to decide once more, and expects exactly what is stored to come of it. */
export async function expectReplayToAgree(data: string): Promise<void> {
  using database = openForReading(data);
  const { raw } = database;
  const settingsAt = storedSettings(database);
  const decisions: (Decision & { observationSeq: number; at: number })[] = [];
  const raised: (Alert & { observationSeq: number })[] = [];
  const changed: AlertChange[] = [];
  const acknowledgements = new Map<number, Acknowledgement | null>();
  const state = replay(storedObservations(database), settingsAt, ({ seq, receivedAt }, decided) => {
    decisions.push(...decided.decisions.map((decision) => ({ ...decision, observationSeq: seq, at: receivedAt })));
    raised.push(...decided.raised.map((alert) => ({ ...alert, observationSeq: seq })));
    changed.push(...decided.changed);
    for (const { seq: alertSeq, acknowledgement } of decided.acknowledged)
      acknowledgements.set(alertSeq, acknowledgement);
  });

  const storedDecisions = raw
    .query<Record<string, unknown> & { checks: string; missed: number }, []>(
      `SELECT observation_seq AS observationSeq, subject_kind AS subjectKind, subject_seq AS subjectSeq, rule, word, at,
       source, symbol, priority, strength, fingerprint, alert_seq AS alertSeq, missed, checks FROM decisions ORDER BY id`,
    )
    .all()
    .map((row) => ({ ...row, missed: row.missed === 1, checks: JSON.parse(row.checks) as unknown }));
  expectSameList(storedDecisions, plain(decisions));

  const ended = new Map(changed.map((change) => [change.seq, change]));
  const storedAlerts = raw
    .query<Record<string, unknown> & { details: string }, []>(
      `SELECT seq, observation_seq AS observationSeq, type, kind, priority, state, rule, fingerprint, message, source,
       symbol, direction, raised_at AS raisedAt, expires_at AS expiresAt, ended_at AS endedAt, superseded_by AS supersededBy,
       subject_seq AS subjectSeq, subject_kind AS subjectKind, end_reason AS endReason, details,
       acknowledged_by AS acknowledgedBy, acknowledged_at AS acknowledgedAt, acknowledged_until AS acknowledgedUntil,
       acknowledged_note AS acknowledgedNote FROM alerts ORDER BY seq`,
    )
    .all()
    .map((row) => ({ ...row, details: JSON.parse(row.details) as unknown }));
  const alerts = raised.map((alert) => {
    const change = ended.get(alert.seq);
    const held = change ? null : (acknowledgements.get(alert.seq) ?? null);
    return {
      ...alert,
      state: change?.state ?? (held ? "acknowledged" : "open"),
      endedAt: change?.at ?? null,
      supersededBy: change?.supersededBy ?? null,
      endReason: change?.reason ?? null,
      acknowledgedBy: held?.by ?? null,
      acknowledgedAt: held?.at ?? null,
      acknowledgedUntil: held?.until ?? null,
      acknowledgedNote: held?.note ?? null,
    };
  });
  expectSameList(storedAlerts, plain(alerts));

  for (const kind of cellKinds) {
    const stored = raw
      .query<{ key: string; value: string }, [string]>("SELECT key, value FROM cells WHERE kind = ?")
      .all(kind);
    const held: Record<string, unknown> = Object.fromEntries(state.entries(kind));
    expect({ kind, cells: plain(held) }).toEqual({
      kind,
      cells: Object.fromEntries(stored.map(({ key, value }) => [key, JSON.parse(value) as unknown])),
    });
  }
  expect(identitiesOf(state)).toEqual(
    Object.fromEntries(
      raw
        .query<{ key: string; seq: number; observedAt: number; alerted: string | null }, []>(
          "SELECT key, seq, observed_at AS observedAt, alerted FROM identities",
        )
        .all()
        .map(({ key, ...identity }) => [key, identity]),
    ),
  );
  for (const { seq, body } of raw.query<{ seq: number; body: string }, []>("SELECT seq, body FROM signals").all()) {
    const known: unknown = plain(state.signal(seq));
    expect({ seq, signal: known }).toEqual({ seq, signal: JSON.parse(body) as unknown });
  }
}

function identitiesOf(state: MemoryState): Record<string, unknown> {
  return Object.fromEntries(state.entries("identity"));
}

/** As it looks once it has been through JSON, as everything stored has. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/** One by one, so that the first difference is what is shown. */
function expectSameList(stored: readonly unknown[], replayed: readonly unknown[]): void {
  for (const [index, each] of stored.entries()) expect({ index, each: replayed[index] }).toEqual({ index, each });
  expect(replayed.length).toBe(stored.length);
}
