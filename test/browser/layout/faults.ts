import { ancestors, hides, ink, nameOf, scrolls, shown, slackPx, targets, type Box } from "./boxes";

/** Runs in the page. One line for each fault of its layout; empty is good. */
export function layoutFaults(): string[] {
  const root = topmost();
  const [words, pressed] = [ink(root), targets(root)];
  return firstOfEach([
    ...sidewaysFaults(root),
    ...overlapFaults(words, "words"),
    ...overlapFaults(
      pressed.filter(({ element }) => !reachesOverItsRow(element)),
      "targets",
    ),
    ...baselineFaults(words),
    ...words.flatMap(clippedFaults),
    ...words.flatMap(spilledFaults),
    ...[...root.querySelectorAll("*")].filter((element) => scrolls(element) && shown(element)).flatMap(cutOffFaults),
    ...wayOutFaults(root),
    ...(matchMedia("(pointer: coarse)").matches ? pressed.flatMap(smallFaults) : []),
  ]);
}

/** What is wrong with one row of a list is wrong with them all. */
function firstOfEach(faults: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const fault of faults) {
    const kind = fault.replaceAll(/"[^"]*"/g, "");
    if (!found.has(kind)) found.set(kind, fault);
  }
  return [...found.values()];
}

/** The dialog or the menu above the page, or the page. */
function topmost(): Element {
  return [...document.querySelectorAll("dialog[open], .sheet")].at(-1) ?? document.body;
}

/** Only a matrix and a row of chips are read sideways, and text as it was sent. */
const sideways = ".body:has(.matrix), .chips, .sub, .sideways, pre";

function sidewaysFaults(root: Element): string[] {
  return [document.documentElement, root, ...root.querySelectorAll("*")]
    .filter(
      (element) =>
        (element === document.documentElement || (scrolls(element) && shown(element))) &&
        element.scrollWidth > element.clientWidth + 1 &&
        !element.matches(sideways),
    )
    .map((element) => `scrolls sideways by ${element.scrollWidth - element.clientWidth} px: ${classOf(element)}`);
}

function overlapFaults(boxes: readonly Box[], what: string): string[] {
  const sorted = boxes.toSorted((a, b) => a.whole.top - b.whole.top);
  return sorted.flatMap((box, n) => {
    const found: string[] = [];
    for (const other of sorted.slice(n + 1)) {
      if (other.whole.top > box.whole.bottom) break;
      if (overlap(box, other)) found.push(`${what} overlap: ${labelOf(box)} and ${labelOf(other)}`);
    }
    return found;
  });
}

function overlap(a: Box, b: Box): boolean {
  if (a.element === b.element || a.layer !== b.layer) return false;
  if (a.element.contains(b.element) || b.element.contains(a.element)) return false;
  const [one, other] = a.scroller === b.scroller ? [a.whole, b.whole] : [a.seen, b.seen];
  if (one === null || other === null) return false;
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return width > slackPx && height > slackPx;
}

/** The words of a row of one line stand on one line. */
function baselineFaults(words: readonly Box[]): string[] {
  const rows = Map.groupBy(words.filter(isPlainWord), ({ element }) => element.closest("tr"));
  return [...rows].flatMap(([row, boxes]) => {
    const bottoms = boxes.map(({ laid }) => laid.bottom);
    const apart = Math.max(...bottoms) - Math.min(...bottoms);
    if (row === null || getComputedStyle(row).display !== "table-row" || apart <= 0.6 || apart > lineAtMostPx)
      return [];
    const [low] = boxes.toSorted((a, b) => b.laid.bottom - a.laid.bottom);
    return low === undefined ? [] : [`words off their row's line by ${apart} px: ${labelOf(low)}`];
  });
}

/** Further apart they are on two lines. */
const lineAtMostPx = 6;

function isPlainWord({ element }: Box): boolean {
  return (
    getComputedStyle(element).fontSize === "12px" &&
    element.closest("svg, input, select, textarea, button, kbd, sup") === null
  );
}

/** Words that are cut must show that they go on, and lead to the whole. */
function clippedFaults({ element, name, laid }: Box): string[] {
  const frame = ancestors(element).find((one) => scrolls(one) || hides(one));
  if (frame === undefined || scrolls(frame) || !goesBeyond(laid, frame, slackPx + 2)) return [];
  const style = getComputedStyle(frame);
  const says = style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none";
  if (says && leadsToTheWhole(element)) return [];
  return [`cut off${says ? " without a way to the whole" : ""}: ${labelOf({ element, name })} in ${classOf(frame)}`];
}

/** A figure stays within its field: the next one is painted over what goes beyond. */
function spilledFaults({ element, name, laid }: Box): string[] {
  const field = element.closest(".fact, .source-card, .movers li");
  if (field === null || laid.right <= field.getBoundingClientRect().right + slackPx) return [];
  return hides(element) ? [] : [`goes beyond its field: ${labelOf({ element, name })}`];
}

/** What scrolls must itself be in sight. */
function cutOffFaults(element: Element): string[] {
  const frame = ancestors(element)
    .slice(1)
    .find((one) => scrolls(one) || hides(one));
  if (frame === undefined || scrolls(frame) || !goesBeyond(element.getBoundingClientRect(), frame, 1)) return [];
  return [`cut off: ${classOf(element)} in ${classOf(frame)}`];
}

function goesBeyond(rect: DOMRect, frame: Element, downPx: number): boolean {
  const { left, right, top, bottom } = frame.getBoundingClientRect();
  const across = rect.right > right + slackPx || rect.left < left - slackPx;
  return across || rect.bottom > bottom + downPx || rect.top < top - downPx;
}

function leadsToTheWhole(element: Element): boolean {
  return (
    element.closest("[title]") !== null ||
    element.closest("summary, details") !== null ||
    (element.closest("tr, li")?.querySelector(".opens") ?? null) !== null
  );
}

/** What leads on or back, wherever it stands: in sight, and not under anything. */
const alwaysInSight = ".top a, .top button, .tab-bar > *";

function wayOutFaults(root: Element): string[] {
  const faults = [...root.querySelectorAll(alwaysInSight), ...(root.matches("dialog") ? dialogsOwn(root) : [])]
    .filter((element) => shown(element) && element.closest(".sheet") === null)
    .filter((element) => !isHit(element))
    .map((element) => `out of sight or under something: ${nameOf(element)}`);
  if (root.matches("dialog") && dialogsClose(root) === undefined)
    faults.push(`no button closes ${root.getAttribute("aria-label")}`);
  return faults;
}

function dialogsOwn(dialog: Element): Element[] {
  return [
    ...dialog.querySelectorAll(
      ":is(dialog > header, form > header, .frame > header, .head, footer, .acts-bar) :is(a, button)",
    ),
  ];
}

function dialogsClose(dialog: Element): Element | undefined {
  return [...dialog.querySelectorAll("button")].find(
    (button) => shown(button) && /close|cancel/i.test(button.getAttribute("aria-label") ?? button.textContent ?? ""),
  );
}

/** Whether a finger on its middle would meet it. */
function isHit(element: Element): boolean {
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  if (left < -1 || top < -1 || left + width > innerWidth + 1 || top + height > innerHeight + 1) return false;
  const hit = document.elementFromPoint(x, y);
  return hit !== null && (element.contains(hit) || hit.contains(element));
}

/** A finger needs this much, CSS pixels. */
const touchPx = 44;

function smallFaults({ element, name }: Box): string[] {
  if (isProse(element)) return [];
  const rect = reachOf(element);
  if (rect === null || (rect.width >= touchPx - 0.5 && rect.height >= touchPx - 0.5)) return [];
  return [`target of ${Math.round(rect.width)} by ${Math.round(rect.height)} px: ${labelOf({ element, name })}`];
}

/** A link inside a sentence is as high as its line. */
function isProse(element: Element): boolean {
  return (
    element.localName === "a" && element.closest("p, dd, td") !== null && getComputedStyle(element).display === "inline"
  );
}

/** What a finger may meet of it: a link laid over its row reaches as far as the row; one that lies under such a link is none. */
function reachOf(element: Element): DOMRect | null {
  const rect = element.getBoundingClientRect();
  if (reachesOverItsRow(element)) return (element.closest(".row, header") ?? element).getBoundingClientRect();
  const row = element.closest(".row");
  const under = row !== null && getComputedStyle(element).position === "static" && row.querySelector(".opens") !== null;
  return under ? null : rect;
}

function reachesOverItsRow(element: Element): boolean {
  const over = getComputedStyle(element, "::after");
  return over.content !== "none" && over.position === "absolute";
}

function labelOf({ element, name }: Pick<Box, "element" | "name">): string {
  const panel = element.closest("section[class], dialog, header[class], main")?.getAttribute("class") ?? "page";
  return `"${name.replaceAll('"', "'")}" (${classOf(element)} in ${panel})`;
}

function classOf(element: Element): string {
  const classes = element.getAttribute("class");
  return classes === null || classes === "" ? element.localName : `${element.localName}.${classes.split(" ")[0]}`;
}
