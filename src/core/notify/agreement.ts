import { oppositeOf, type Direction } from "../signal";

/** What one strategy says of one symbol. */
export interface Stance {
  readonly symbol: string;
  readonly direction: Direction;
  /** A strategy, or the source of one that names none. */
  readonly who: string;
}

/** Several who speak of one symbol at about one time, in one line; null where they are not several. `said`: the strongest first. */
export function agreementOf(said: readonly Stance[]): string | null {
  const [lead] = said;
  if (lead === undefined) return null;
  const those = (direction: Direction | null) =>
    [...new Set(said.filter((stance) => stance.direction === direction).map(({ who }) => who))].filter(
      (who) => direction === lead.direction || who !== lead.who,
    );
  const [agreeing, opposite] = [those(lead.direction), those(oppositeOf(lead.direction))];
  if (agreeing.length + opposite.length < 2) return null;
  const agreed =
    agreeing.length === 1 ? `${lead.who} says ${lead.direction}` : `${listed(agreeing)} agree: ${lead.direction}`;
  if (opposite.length === 0) return agreed;
  return `${agreed}; ${listed(opposite)} ${opposite.length === 1 ? "contradicts" : "contradict"}`;
}

function listed(names: readonly string[]): string {
  return names.length < 3 ? names.join(" and ") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
