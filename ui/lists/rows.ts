/** The rows of the lists in an element, as one steps through them. */
export function rowsIn(element: Element | null): readonly HTMLElement[] {
  return [
    ...(element?.querySelectorAll<HTMLElement>("tbody tr:not(.spacer, .of-group), li:not(.chips li, .visit)") ?? []),
  ];
}

/** Puts the focus on what a row opens, or on the row where it opens nothing. */
export function focusRow(row: HTMLElement | undefined): void {
  if (row === undefined) return;
  const target = row.querySelector<HTMLElement>(".opens, a, button") ?? row;
  if (target === row) row.setAttribute("tabindex", "-1");
  target.focus();
  row.scrollIntoView({ block: "nearest" });
}
