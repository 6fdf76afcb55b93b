/** What a decision may be about: a signal, an opportunity, a view of the market, or all that was received at once. */
const subjectKinds = ["signal", "opportunity", "market", "observation"] as const;
export type SubjectKind = (typeof subjectKinds)[number];

/** One of them. seq: of the signal it is, of the opportunity or the market view, or of the observation itself. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly seq: number;
}
