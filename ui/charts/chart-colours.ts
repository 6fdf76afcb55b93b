/** The colours of the page as a canvas takes them. */
export interface ChartColours {
  readonly ground: string;
  readonly long: string;
  readonly short: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
}

let onPaper = false;

/** Those of the stylesheet for paper, which a script cannot read before the page is on it. */
const ink: ChartColours = {
  ground: "rgb(255, 255, 255)",
  long: "rgb(20, 98, 43)",
  short: "rgb(164, 14, 38)",
  text: "rgb(0, 0, 0)",
  quiet: "rgb(68, 68, 68)",
  line: "rgb(221, 221, 221)",
};

/** Whether charts are drawn for paper from now on. */
export function inkOnPaper(on: boolean): void {
  onPaper = on;
}

/**
 * The stylesheet registers these as colours, so that what is computed is one colour and not the rule for choosing it.
 */
export function chartColours(): ChartColours {
  if (onPaper) return ink;
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
