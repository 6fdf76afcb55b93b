import type { DoctorContext } from "./doctor-context";

/** What an examination found: one line. */
export interface Finding {
  /** What was looked at. */
  readonly subject: string;
  readonly state: "ok" | "warning" | "failed";
  readonly message: string;
}

/** Looks and changes nothing. Never throws: what cannot be looked at is a finding. */
export type DoctorCheck = (context: DoctorContext) => Promise<readonly Finding[]> | readonly Finding[];

export const ok = (subject: string, message: string): Finding => ({ subject, state: "ok", message });
export const warning = (subject: string, message: string): Finding => ({ subject, state: "warning", message });
export const failed = (subject: string, message: string): Finding => ({ subject, state: "failed", message });
