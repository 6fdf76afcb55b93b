import type { Database } from "../../src/store/db";
import { prepareInsert } from "../../src/store/insert";
import * as schema from "../../src/store/schema";
import { SearchIndex } from "../../src/store/search-index";

/** Fills every list with so many rows, one a second from the epoch on: 500 symbols, 5 sources, all alerts but the first 100 ended. */
export function fillStore({ db, raw }: Database, rows: number): void {
  const put = {
    signal: prepareInsert(db, schema.signals),
    opportunity: prepareInsert(db, schema.opportunities),
    decision: prepareInsert(db, schema.decisions),
    alert: prepareInsert(db, schema.alerts),
    quarantine: prepareInsert(db, schema.quarantine),
    file: prepareInsert(db, schema.files),
    audit: prepareInsert(db, schema.auditEntries),
  };
  const search = new SearchIndex(raw);
  const one = (index: number) => {
    const [seq, at] = [index * 5 + 1, index * 1000];
    const [symbol, source] = [`S${index % 500}USDT`, `source-${index % 5}`];
    const priority = ["low", "medium", "high"][index % 3] ?? "low";
    const body = "{}";
    put.signal({
      seq,
      source,
      path: `${index}.json`,
      symbol,
      direction: index % 2 === 0 ? "long" : "short",
      word: "BUY",
      score: index % 99,
      strength: index % 99,
      reliability: 0.8,
      price: 1,
      exchange: null,
      strategy: "breakout",
      timeframe: "4h",
      observedAt: at,
      datedBy: "report",
      receivedAt: at,
      decision: "raised",
      revisions: 0,
      twins: 0,
      body,
    });
    search.put(seq, `${symbol}\nbreakout\n${source}`);
    put.alert({
      seq: seq + 1,
      observationSeq: seq,
      type: index < 100 ? "SYSTEM" : "SIGNAL",
      kind: "event",
      priority,
      state: index < 100 ? "open" : "expired",
      rule: "strong-signal",
      fingerprint: symbol,
      message: `${symbol} long`,
      source,
      symbol,
      direction: "long",
      raisedAt: at,
      expiresAt: null,
      endedAt: null,
      supersededBy: null,
      subjectSeq: seq,
      details: body,
    });
    search.put(seq + 1, `${symbol} long`);
    put.opportunity({
      seq: seq + 2,
      source,
      symbol,
      pattern: "beta_expansion",
      confidence: 0.5,
      alphaPotential: null,
      riskLevel: null,
      observedAt: at,
      receivedAt: at,
      decision: "raised",
      body,
    });
    put.decision({
      id: index + 1,
      observationSeq: seq,
      subjectSeq: seq,
      rule: "strong-signal",
      word: "raised",
      at,
      source,
      symbol,
      priority,
      strength: 80,
      fingerprint: symbol,
      alertSeq: seq + 1,
      checks: "[]",
      missed: false,
    });
    put.quarantine({
      source,
      path: `${index}.json`,
      element: 0,
      reason: "not-json",
      detail: "is none",
      firstSeen: at,
      lastSeen: at,
      attempts: 1,
    });
    put.file({
      source,
      path: `${index}.json`,
      size: 1,
      modifiedAt: at,
      digest: String(index),
      seq,
      outcome: "read",
      readAt: at,
      goneAt: null,
    });
    put.audit({
      id: index + 1,
      at,
      who: "owner",
      from: "command line",
      what: "exported",
      subject: null,
      before: null,
      after: null,
      hash: "",
    });
  };
  raw.transaction(() => {
    for (let index = 0; index < rows; index++) one(index);
  })();
}
