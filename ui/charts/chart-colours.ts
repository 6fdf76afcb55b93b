/** The colours of the page as a canvas takes them. */
export interface ChartColours {
  readonly ground: string;
  readonly long: string;
  readonly short: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
}

/**
 * The stylesheet registers these as colours, so that what is computed is one colour and not the rule for choosing it.
 */
export function chartColours(): ChartColours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    ground: read("--bg-secondary"),
    long: read("--long"),
    short: read("--short"),
    text: read("--text-primary"),
    quiet: read("--text-secondary"),
    line: read("--border-color"),
  };
}

/** Takes rgb(1, 2, 3). */
export function faded(colour: string, opacity: number): string {
  return colour.replace(/^rgb\((.*)\)$/, `rgba($1, ${opacity})`);
}

/** Calls back when other colours are chosen; returns how to stop. */
export function whenColoursChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme", "data-colours"] });
  return () => observer.disconnect();
}
