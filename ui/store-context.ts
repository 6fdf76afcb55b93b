import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Store } from "./store";

export const StoreContext = createContext<Store | null>(null);

/** The one store, for components. */
export function useStore(): Store {
  const store = useContext(StoreContext);
  if (store === null) throw new Error("a component of the desk is used outside it");
  return store;
}
