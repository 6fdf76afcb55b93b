import type { SubjectKind } from "../core/subject";
import type { AlertRow } from "../store/rows";

export type IdLetter = "s" | "a" | "o" | "m" | "r" | "d" | "q";

/**
 * s12 is a signal, a13 an alert, o14 an opportunity, m15 a view of the market, r16 what was received at once, d17 a decision,
 * q18 a silence.
 */
export function idOf(letter: IdLetter, seq: number): string {
  return `${letter}${seq}`;
}

const letterOf: Readonly<Record<SubjectKind, IdLetter>> = {
  signal: "s",
  opportunity: "o",
  market: "m",
  observation: "r",
};

/** The id of what an alert or a decision is about; null where it is about nothing, or that is not known. */
export function subjectIdOf({ subjectKind, subjectSeq }: Pick<AlertRow, "subjectKind" | "subjectSeq">): string | null {
  return subjectKind === null || subjectSeq === null ? null : idOf(letterOf[subjectKind as SubjectKind], subjectSeq);
}

/** Null where it is no id of ours. */
export function parseId(id: string): { readonly letter: IdLetter; readonly seq: number } | null {
  const match = /^([saomrdq])(\d{1,15})$/.exec(id);
  return match ? { letter: match[1] as IdLetter, seq: Number(match[2]) } : null;
}

/** Null where it is no alert's id. */
export function seqOfAlert(id: string): number | null {
  const parsed = parseId(id);
  return parsed?.letter === "a" ? parsed.seq : null;
}

export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** Null where it is no id of a delivery kept in the database of this epoch. */
export function parseDeliveryId(id: string, epoch: string): number | null {
  const seq = Number(/^n(\d{1,15})-/.exec(id)?.[1] ?? Number.NaN);
  return id === deliveryIdOf(seq, epoch) ? seq : null;
}

/**
 * n12-1f3a9c04: a delivery, under one id for ever. Part of the database's epoch is in it: one that was restored counts on
 * from an earlier place, and no id may stand for two messages.
 */
export function deliveryIdOf(seq: number, epoch: string): string {
  return `n${seq}-${epochMark(epoch)}`;
}

/** What ids that leave the machine carry of a database's epoch. */
export function epochMark(epoch: string): string {
  return epoch.replaceAll("-", "").slice(0, 8);
}
