import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { useMemo, useState } from "preact/hooks";
import { Icon } from "../parts/icon";
import { PanelPlace } from "../panels/panel-place";
import { changeLayout } from "./change-layout";
import { resetLayout, titleOfPanel, type Placed } from "./layout";
import type { Box } from "./make-room";

/** A place of the grid: its grip moves it, its corner resizes it, by pointer or by arrows. */
export function Place({ at, children }: { at: Placed; children?: ComponentChildren }) {
  const [held, hold] = useState(false);
  const title = titleOfPanel(at.panel);

  const moveTo = (box: Box) => changeLayout((room, before) => room.withMoved(before, at.panel, box));

  function drag(event: PointerEvent, change: (columns: number, rows: number) => Box): void {
    if (event.button !== 0) return;
    const handle = event.currentTarget as HTMLElement;
    const cell = cellOf(handle);
    if (cell === null) return;
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    hold(true);
    let last = "";
    const follow = (now: PointerEvent) => {
      const columns = Math.round((now.clientX - event.clientX) / cell.width);
      const rows = Math.round((now.clientY - event.clientY) / cell.height);
      if (last === `${columns} ${rows}`) return;
      last = `${columns} ${rows}`;
      void moveTo(change(columns, rows));
    };
    const letGo = () => {
      handle.removeEventListener("pointermove", follow);
      handle.removeEventListener("pointerup", letGo);
      handle.removeEventListener("pointercancel", letGo);
      hold(false);
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("pointerup", letGo);
    handle.addEventListener("pointercancel", letGo);
  }

  function key(event: KeyboardEvent): void {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "Home") resetLayout();
    else if (step !== undefined)
      void moveTo(event.shiftKey ? resized(at, step[0] ?? 0, step[1] ?? 0) : shifted(at, step[0] ?? 0, step[1] ?? 0));
    else return;
    event.preventDefault();
  }

  const parts = useMemo(
    () => ({
      grip: html`<button
        type="button" class="grip"
        aria-label=${`Move ${title}: arrows; with Shift resize; now column ${at.x + 1}, row ${at.y + 1}, ${at.w} by ${at.h}`}
        onKeyDown=${key}
        onPointerDown=${(event: PointerEvent) => drag(event, (columns, rows) => shifted(at, columns, rows))}
      ><${Icon} name="grip" /></button>`,
      corner: html`<span
        class="corner" aria-hidden="true"
        onPointerDown=${(event: PointerEvent) => drag(event, (columns, rows) => resized(at, columns, rows))}
      ><${Icon} name="corner" /></span>`,
    }),
    [at],
  );
  return html`<div class="place ${held ? "is-held" : ""}" data-x=${at.x} data-y=${at.y} data-w=${at.w} data-h=${at.h}>
    <${PanelPlace.Provider} value=${parts}>${children}<//>
  </div>`;
}

function shifted({ x, y, w, h }: Box, columns: number, rows: number): Box {
  return { x: x + columns, y: y + rows, w, h };
}

function resized({ x, y, w, h }: Box, columns: number, rows: number): Box {
  return { x, y, w: w + columns, h: h + rows };
}

/** Size of one cell with its gap, CSS pixels; null where the panels stand in one column and none can be moved. */
function cellOf(handle: HTMLElement): { readonly width: number; readonly height: number } | null {
  const grid = handle.closest(".desk");
  if (grid === null) return null;
  const style = getComputedStyle(grid);
  const columns = style.gridTemplateColumns.split(" ");
  const rows = style.gridTemplateRows.split(" ");
  if (columns.length < 12) return null;
  return {
    width: Number.parseFloat(columns[0] ?? "") + Number.parseFloat(style.columnGap),
    height: Number.parseFloat(rows[0] ?? "") + Number.parseFloat(style.rowGap),
  };
}
