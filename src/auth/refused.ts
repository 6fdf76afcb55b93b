/** What was asked for cannot be; the code says why, the message to a person. */
export class Refused extends Error {
  override readonly name = "Refused";
  constructor(
    readonly code:
      | "taken"
      | "unknown"
      | "last-admin"
      | "weak-password"
      | "bad-name"
      | "no-password"
      | "wrong-password"
      | "wrong-code"
      | "too-much"
      | "already",
    message: string,
    /** The field it is about, where it is about one. */
    readonly field: string | null = null,
  ) {
    super(message);
  }
}
