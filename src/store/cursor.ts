/** Where a list goes on: after the row of this time, or whatever else it is ordered by, and seq. */
export interface Cursor {
  readonly at: number;
  readonly seq: number;
}

export function writeCursor({ at, seq }: Cursor): string {
  return Buffer.from(`${at}.${seq}`).toString("base64url");
}

/** Null where it is no cursor of ours. */
export function readCursor(text: string): Cursor | null {
  const match = /^(-?\d{1,15}(?:\.\d{1,20})?(?:e-\d{1,3})?)\.(\d{1,15})$/.exec(
    Buffer.from(text, "base64url").toString(),
  );
  return match ? { at: Number(match[1]), seq: Number(match[2]) } : null;
}
