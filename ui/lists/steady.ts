type KeyOf<T> = (row: T) => string;

/** The rows shown as they are now, each in its place; those that are no longer in the list stay as they were. */
export function withChanges<T>(shown: readonly T[], latest: readonly T[], keyOf: KeyOf<T>): readonly T[] {
  const now = new Map(latest.map((row) => [keyOf(row), row]));
  return shown.map((row) => now.get(keyOf(row)) ?? row);
}

/** How many rows are not shown yet. */
export function waitingFor<T>(shown: readonly T[], latest: readonly T[], keyOf: KeyOf<T>): number {
  const known = new Set(shown.map(keyOf));
  return latest.filter((row) => !known.has(keyOf(row))).length;
}
