import { html } from "htm/preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useStore } from "../store-context";
import { useResource } from "../live/resource";
import { Dialog } from "../parts/dialog";
import { Icon } from "../parts/icon";
import { commandsOf, matching, searchesOf, type Command } from "./commands";
import { overlay } from "./overlay";
import { useRouter } from "./router";

const shownMax = 12;

/** Symbols, pages and actions by name: type, arrows choose, Enter goes. */
export function Palette() {
  const store = useStore();
  const router = useRouter();
  const input = useRef<HTMLInputElement>(null);
  const [words, write] = useState(() => overlay.takeEarly());
  const [at, moveTo] = useState(0);
  const symbols = useSymbols();
  const all = useMemo(() => commandsOf(store, router, symbols), [symbols]);
  const found = [
    ...matching(all, words).slice(0, shownMax),
    ...(words.trim() === "" ? [] : searchesOf(router, words.trim())),
  ];
  const chosen = Math.min(at, found.length - 1);
  // At once: an effect that comes later would take back what was typed meanwhile.
  useLayoutEffect(() => input.current?.focus(), []);

  function key(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      moveTo((chosen + step + found.length) % Math.max(1, found.length));
    }
    if (event.key === "Enter") {
      event.preventDefault();
      run(found[chosen]);
    }
  }

  return html`<${Dialog} class="palette" label="Search and run" close=${() => overlay.close()}>
    <div class="query">
      <${Icon} name="search" />
      <input
        ref=${input} type="text" role="combobox" aria-expanded="true" aria-controls="palette-found"
        aria-autocomplete="list" aria-activedescendant=${found.length > 0 ? `found-${chosen}` : undefined}
        aria-label="Symbol, page or action" placeholder="Symbol, page or action" autocomplete="off" spellcheck=${false}
        value=${words}
        onInput=${(event: InputEvent) => {
          write((event.currentTarget as HTMLInputElement).value);
          moveTo(0);
        }}
        onKeyDown=${key}
      />
      <button type="button" class="tool" aria-label="Close, Esc" onClick=${() => overlay.close()}><kbd>Esc</kbd></button>
    </div>
    <ul id="palette-found" role="listbox" aria-label="Found">
      ${found.map(
        (command, n) =>
          html`<li
            key=${command.id} id=${`found-${n}`} role="option" aria-selected=${n === chosen ? "true" : "false"}
            onClick=${() => run(command)} onPointerMove=${() => moveTo(n)}
          >
            <${Icon} name=${command.icon} />
            <span class="grow">${command.title}</span>
            <span class="quiet">${command.kind}</span>
            ${command.keys === undefined ? null : html`<kbd>${command.keys}</kbd>`}
          </li>`,
      )}
    </ul>
    ${found.length === 0 ? html`<p class="quiet none-found">Nothing found.</p>` : null}
  <//>`;
}

interface Symbols {
  readonly symbol: string;
}

/** The symbols on the page, and those the daemon knows besides. */
function useSymbols(): readonly string[] {
  const signals = useStore().signals.value;
  const { value: market } = useResource<{ readonly symbols: readonly Symbols[] }>("api/market");
  const { value: lately } = useResource<{ readonly items: readonly Symbols[] }>("api/symbols?limit=100");
  const known = [...(signals ?? []), ...(lately?.items ?? []), ...(market?.symbols ?? [])].map(({ symbol }) => symbol);
  return useMemo(() => [...new Set(known)].toSorted(), [known.join(" ")]);
}

function run(command: Command | undefined): void {
  if (command === undefined) return;
  overlay.close();
  command.run();
}
