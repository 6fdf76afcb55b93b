import { createContext, type ComponentChildren } from "preact";

/** What a place that can be moved and resized gives to the panel that stands in it; null where a panel stands still. */
export interface Place {
  readonly grip: ComponentChildren;
  readonly corner: ComponentChildren;
}

export const PanelPlace = createContext<Place | null>(null);
