import { oppositeOf, type Direction } from "../signal";
import type { Acted, AcknowledgementChange, ActTarget } from "../act";
import type { Alert, AlertChange, EndReason } from "../alert";
import { endAcknowledgements, forgetAcknowledgement, rethinkAcknowledgements } from "./acknowledgements";
import type { SilenceChange, SilenceOutcome } from "../silence";
import { firstFailing, type Candidate, type Judgement } from "./candidate";
import type { Decision, Word } from "./decision";
import type { Subject } from "../subject";
import { countOverflow } from "./gates/cap";
import { checkGates, stampGates } from "./gates/gates";
import { countHidden } from "./gates/count-hidden";
import type { Settings } from "../settings";
import type { Condition, StateOverlay, OpenAlert } from "./state";

/** What is being decided about one observation: the drafted state and everything decided so far. */
export class DecisionContext {
  readonly decisions: Decision[] = [];
  readonly raised: Alert[] = [];
  readonly changed: AlertChange[] = [];
  readonly acknowledged: AcknowledgementChange[] = [];
  readonly acted: Acted[] = [];
  /** By seq. */
  readonly silences = new Map<number, SilenceChange>();
  silenceOutcome: SilenceOutcome | null = null;
  #nextSeq: number;

  constructor(
    readonly state: StateOverlay,
    readonly settings: Settings,
    readonly now: number,
    /** Seq of the observation itself. */
    readonly seq: number,
    firstAlertSeq: number,
  ) {
    this.#nextSeq = firstAlertSeq;
  }

  /**
   * Checks the gates a judged alert still has to pass, and raises it where all agree. `about`: the observation itself
   * where nothing else is named.
   */
  weigh(
    judgement: Judgement,
    about: Subject = { kind: "observation", seq: this.seq },
  ): { readonly word: Word; readonly alertSeq: number | null } {
    const { candidate } = judgement;
    const verdict = firstFailing(judgement.checks);
    const checks = [...judgement.checks, ...checkGates(this.state, candidate, this.settings, this.now)];
    const word = verdict ?? firstFailing(checks) ?? "raised";
    const alertSeq = word === "raised" ? this.#raise(candidate, about) : null;
    if (word === "silenced") countHidden(this, candidate);
    if (word === "cap") countOverflow(this.state, candidate, this.settings, this.now);
    const { rule, fingerprint, priority, strength, source, symbol } = candidate;
    this.decisions.push({
      rule,
      subjectKind: about.kind,
      subjectSeq: about.seq,
      word,
      checks,
      fingerprint,
      priority,
      strength,
      source,
      symbol,
      alertSeq,
      missed: judgement.missed ?? false,
    });
    return { word, alertSeq };
  }

  /** A state holds: raise it unless it stands already. Held back by a gate, it is checked again later, without a new word. */
  hold(candidate: Candidate, terms: Pick<Condition, "ends" | "from"> = {}): void {
    const current = this.state.get("condition", candidate.fingerprint);
    const held =
      current &&
      (current.alertSeq !== null || firstFailing(checkGates(this.state, candidate, this.settings, this.now)) !== null);
    if (!held) {
      const { alertSeq } = this.weigh({ candidate, checks: [] });
      const since = current?.since ?? this.now;
      this.state.set("condition", candidate.fingerprint, { since, alertSeq, alert: matchedOf(candidate), ...terms });
    } else if (terms.ends !== undefined || terms.from !== undefined) {
      this.state.set("condition", candidate.fingerprint, { ...current, ...terms });
    }
  }

  /** The state no longer holds: what stood is resolved. */
  release(fingerprint: string, reason: EndReason = "condition-over"): void {
    const current = this.state.get("condition", fingerprint);
    if (!current) return;
    this.state.set("condition", fingerprint, null);
    if (current.alertSeq !== null && current.closed !== true) this.#resolve(current.alertSeq, reason);
  }

  /** Someone resolves the alert of a state: it is not raised again while the state goes on. */
  close(fingerprint: string): void {
    const current = this.state.get("condition", fingerprint);
    if (!current || current.alertSeq === null || current.closed === true) return;
    this.state.set("condition", fingerprint, { ...current, closed: true });
    this.#resolve(current.alertSeq, "by-hand");
  }

  /** Whether the alert has not ended. */
  stands({ seq, kind, type, source, symbol, fingerprint }: ActTarget): boolean {
    if (kind === "event")
      return (this.state.get("open", openKey(type, source, symbol)) ?? []).some((open) => open.seq === seq);
    const condition = this.state.get("condition", fingerprint);
    return condition?.alertSeq === seq && condition.closed !== true;
  }

  /** The source now says the opposite of a symbol: what it said before no longer stands. */
  supersede(source: string, symbol: string, direction: Direction, by: number | null): void {
    const opposite = oppositeOf(direction);
    if (opposite === null) return;
    this.#close(openKey("SIGNAL", source, symbol), (open) => open.direction === opposite, by, "superseded");
  }

  expire(): void {
    endAcknowledgements(this);
    for (const [key] of this.state.entries("open")) {
      this.#close(key, (open) => open.expiresAt !== null && open.expiresAt <= this.now, null, "expired");
    }
    for (const [fingerprint, { ends }] of this.state.entries("condition")) {
      if (ends !== undefined && ends.at <= this.now) this.release(fingerprint, ends.reason);
    }
  }

  #raise(candidate: Candidate, about: Subject): number {
    const { strength: _, ...rest } = candidate;
    const alert: Alert = {
      ...rest,
      seq: this.#nextSeq++,
      raisedAt: this.now,
      subjectKind: candidate.subjectSeq === null ? null : about.kind,
    };
    stampGates(this.state, candidate, this.settings, this.now);
    this.raised.push(alert);
    rethinkAcknowledgements(this, alert);
    if (alert.kind === "event") {
      const key = openKey(alert.type, alert.source, alert.symbol);
      const { seq, type, direction, expiresAt } = alert;
      this.state.set("open", key, [...(this.state.get("open", key) ?? []), { seq, type, direction, expiresAt }]);
    }
    return alert.seq;
  }

  #resolve(seq: number, reason: EndReason): void {
    forgetAcknowledgement(this, seq);
    this.changed.push({ seq, state: "resolved", at: this.now, supersededBy: null, reason });
  }

  #close(key: string, over: (open: OpenAlert) => boolean, supersededBy: number | null, reason: EndReason): void {
    const current = this.state.get("open", key) ?? [];
    const rest = current.filter((open) => !over(open));
    if (rest.length === current.length) return;
    this.state.set("open", key, rest.length > 0 ? rest : null);
    for (const { seq } of current.filter(over)) {
      forgetAcknowledgement(this, seq);
      this.changed.push({ seq, state: "expired", at: this.now, supersededBy, reason });
    }
  }
}

function matchedOf({
  type,
  kind,
  priority,
  rule,
  source,
  symbol,
  direction,
  details,
}: Candidate): Condition["alert"] & {} {
  return { type, kind, priority, rule, source, symbol, direction, details };
}

function openKey(type: string, source: string | null, symbol: string | null): string {
  return JSON.stringify([type, source, symbol]);
}
