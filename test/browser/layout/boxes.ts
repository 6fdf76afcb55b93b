/** Runs in the page. What a reader sees or presses there, as rectangles. */

export interface Box {
  readonly element: Element;
  /** What people call it, for a message. */
  readonly name: string;
  /** As it is laid out. */
  readonly laid: DOMRect;
  /** The same, cut only by what hides the rest for good. */
  readonly whole: DOMRect;
  /** What of it can be seen now; null where it is scrolled away. */
  readonly seen: DOMRect | null;
  readonly scroller: Element | null;
  /** What it lies in that stands above the page: a dialog, an open menu, a bar that stays. */
  readonly layer: Element | null;
}

const pressable =
  "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=option], label:has(input)";

/** Tolerated: rounding, and the part of a line that no letter reaches. */
export const slackPx = 2;

/** Everything that can be pressed and is there to be seen. */
export function targets(root: Element): Box[] {
  return [...root.querySelectorAll(pressable)]
    .filter((element) => shown(element) && element.closest("label:has(input) input") === null)
    .map((element) => boxOf(element, element.getBoundingClientRect()));
}

/** Everything that is painted and read: words, icons, and the frames of fields and buttons. */
export function ink(root: Element): Box[] {
  const boxes: Box[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || node.textContent?.trim() === "" || element.closest("option, title, script") !== null)
      continue;
    if (!shown(element, true)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects())
      if (rect.width > 1 && rect.height > 1) boxes.push(boxOf(element, rect, node.textContent?.trim()));
  }
  for (const element of root.querySelectorAll(".icon, input, select, textarea, .button, kbd, .count"))
    if (shown(element, true)) boxes.push(boxOf(element, element.getBoundingClientRect()));
  return boxes;
}

function boxOf(element: Element, rect: DOMRect, text?: string): Box {
  const around = ancestors(element);
  const scroller = around.find(scrolls) ?? null;
  const inside = scroller === null ? around : around.slice(0, around.indexOf(scroller));
  return {
    element,
    name: (text ?? nameOf(element)).slice(0, 60),
    laid: rect,
    whole: inside.reduce(cut, rect),
    seen: visible(around.reduce(cut, rect)),
    scroller,
    layer: around.find((one) => one.matches("dialog[open], .sheet") || stays(one)) ?? null,
  };
}

export function nameOf(element: Element): string {
  const name = element.getAttribute("aria-label") ?? element.textContent?.trim() ?? "";
  const where = element.closest("[class]")?.getAttribute("class")?.split(" ")[0] ?? "";
  return `${element.localName}.${where} ${name.replaceAll(/\s+/g, " ")}`.trim();
}

/** It and all it lies in, up to what stands above the page. */
export function ancestors(element: Element): Element[] {
  const found: Element[] = [];
  for (let one: Element | null = element; one !== null; one = one.parentElement) {
    found.push(one);
    if (one.matches("dialog[open]") || getComputedStyle(one).position === "fixed") break;
  }
  return found;
}

export function scrolls(element: Element): boolean {
  const { overflowX, overflowY } = getComputedStyle(element);
  return /auto|scroll/.test(overflowX + overflowY);
}

export function hides(element: Element): boolean {
  const { overflowX, overflowY } = getComputedStyle(element);
  return /hidden|clip/.test(overflowX + overflowY);
}

function stays(element: Element): boolean {
  return /fixed|sticky/.test(getComputedStyle(element).position);
}

/** The part of it within another's frame, where that hides or scrolls what goes beyond. */
function cut(rect: DOMRect, by: Element): DOMRect {
  if (!(by instanceof HTMLElement) || (!scrolls(by) && !hides(by))) return rect;
  const frame = by.getBoundingClientRect();
  const left = Math.max(rect.left, frame.left);
  const top = Math.max(rect.top, frame.top);
  const [right, bottom] = [Math.min(rect.right, frame.right), Math.min(rect.bottom, frame.bottom)];
  return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top));
}

function visible(rect: DOMRect): DOMRect | null {
  return rect.width > 0 && rect.height > 0 ? rect : null;
}

/** There for the eye: neither hidden, nor only for a screen reader. What comes under a pointer alone is there to be pressed. */
export function shown(element: Element, opacityProperty = false): boolean {
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty })) return false;
  return !ancestors(element).some((one) => getComputedStyle(one).clipPath.startsWith("inset(50%"));
}
