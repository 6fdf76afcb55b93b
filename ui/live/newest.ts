/**
 * Puts `row` in its place in a list that is newest first and holds at most `limit` rows.
 * A row of the same identity is replaced. What `time` answers compares as text: a place in the order, or a time in
 * ISO 8601 UTC, of one length.
 */
export function withNewest<Row>(
  rows: readonly Row[],
  row: Row,
  by: { same(a: Row, b: Row): boolean; time(row: Row): string; limit: number },
): readonly Row[] {
  const others = rows.filter((other) => !by.same(other, row));
  const place = others.findIndex((other) => by.time(other) <= by.time(row));
  return others.toSpliced(place === -1 ? others.length : place, 0, row).slice(0, by.limit);
}
