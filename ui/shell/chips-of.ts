import { findExpected, type Expected } from "../live/freshness";

/** What one chip speaks of: one, or the scanners that fare equally badly. */
export type ChipOf = readonly [Expected, ...Expected[]];

/**
 * What is wrong comes first. A scanner that goes as it should is behind what its exchange's chip says already; the
 * search for alpha has none.
 */
export function chipsOf(all: readonly Expected[]): readonly ChipOf[] {
  const alpha = findExpected(all, [["scanner", "alpha"]]);
  const wrong = (["failing", "stale"] as const).flatMap((state) => {
    const alike = all.filter((each) => each.state === state);
    return [
      ...alike.filter(({ kind }) => kind !== "scanner").map((each): ChipOf => [each]),
      ...together(alike.filter(({ kind }) => kind === "scanner")),
    ];
  });
  const others = all.filter(
    (each) => each.state !== "failing" && each.state !== "stale" && (each.kind !== "scanner" || each === alpha),
  );
  return [...wrong, ...others.map((each): ChipOf => [each])];
}

function together([first, ...others]: readonly Expected[]): readonly ChipOf[] {
  return first === undefined ? [] : [[first, ...others]];
}

/** market:bybit is "bybit market" for people. */
export function chipName({ kind, name }: Pick<Expected, "kind" | "name">): string {
  return kind === "scanner" ? name.split(":").toReversed().join(" ") : name;
}
