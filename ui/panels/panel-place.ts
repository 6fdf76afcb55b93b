import { createContext, type ComponentChildren } from "preact";

/** What a place that can be moved and resized gives to the panel in it; null where a panel cannot be moved. */
export interface Place {
  readonly grip: ComponentChildren;
  readonly corner: ComponentChildren;
}

export const PanelPlace = createContext<Place | null>(null);
