import { glossary, type Definition } from "../../src/views/glossary";

const gap = 6;
const margin = 8;
const leaveMs = 120;

/**
 * One tip for the whole page: under the word that has the pointer or the focus, or that was tapped. It stays while the
 * pointer is on it and goes with Escape, as people who magnify the page need it.
 */
export function showTips(first: Event): void {
  const tip = document.createElement("div");
  tip.id = "term-tip";
  tip.className = "tip";
  tip.setAttribute("role", "tooltip");
  tip.hidden = true;
  // A sheet of its own: the policy allows no style on the element.
  const place = new CSSStyleSheet();
  document.adoptedStyleSheets.push(place);
  let word: Element | null = null;
  let leaving: ReturnType<typeof setTimeout> | undefined;

  function hide(): void {
    clearTimeout(leaving);
    word?.removeAttribute("aria-describedby");
    word = null;
    tip.hidden = true;
  }

  /** Under the word, above it where there is no room; gone where the word has left the screen. */
  function arrange(): void {
    if (word === null) return;
    const { top, bottom, left } = word.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) return hide();
    const { width, height } = tip.getBoundingClientRect();
    const x = Math.max(margin, Math.min(left, innerWidth - width - margin));
    const below = bottom + gap;
    const y = below + height + margin <= innerHeight ? below : Math.max(margin, top - gap - height);
    place.replaceSync(`#term-tip { left: ${x}px; top: ${y}px; }`);
  }

  function show(at: Element, definition: Definition): void {
    clearTimeout(leaving);
    if (word === at) return;
    hide();
    word = at;
    const name = document.createElement("b");
    name.textContent = definition.unit === undefined ? definition.term : `${definition.term}, ${definition.unit}`;
    tip.replaceChildren(name, " ", definition.means);
    // What is modal covers everything outside it.
    (at.closest("dialog") ?? document.body).append(tip);
    tip.hidden = false;
    at.setAttribute("aria-describedby", tip.id);
    arrange();
  }

  function follow({ type, target }: Event): void {
    if (!(target instanceof Element) || tip.contains(target)) return clearTimeout(leaving);
    const at = target.closest("[data-term]");
    const definition = (glossary as Readonly<Record<string, Definition>>)[at?.getAttribute("data-term") ?? ""];
    if (at !== null && definition !== undefined) return show(at, definition);
    // What the focus shows stays, wherever the pointer goes.
    if (type === "pointerover" && word === document.activeElement) return;
    clearTimeout(leaving);
    leaving = setTimeout(hide, leaveMs);
  }

  for (const occasion of ["pointerover", "focusin", "click"]) document.addEventListener(occasion, follow);
  addEventListener("scroll", arrange, { capture: true, passive: true });
  addEventListener("resize", arrange);
  // Before what is open under it: the first Escape closes the tip alone.
  addEventListener(
    "keydown",
    (event: KeyboardEvent) => {
      if (event.key !== "Escape" || word === null) return;
      event.preventDefault();
      event.stopPropagation();
      hide();
    },
    { capture: true },
  );
  follow(first);
}
