import { useEffect, useState } from "preact/hooks";
import { useStore } from "../store-context";
import { loadModule, ModuleFault, type ModuleTrouble } from "./modules";

/** A module that is loaded when it is wanted. Loading: neither module nor trouble yet. */
export interface LoadedModule<M> {
  readonly module: M | null;
  readonly trouble: ModuleTrouble | null;
  readonly again: () => void;
}

interface Kept<M> extends Omit<LoadedModule<M>, "again"> {
  readonly name: string | null;
}

/** Loads a module below ui/; what could not be loaded is tried again once the daemon is back, and by every refresh. */
export function useModule<M>(name: string | null): LoadedModule<M> {
  const store = useStore();
  const [kept, keep] = useState<Kept<M>>({ name: null, module: null, trouble: null });
  const [round, begin] = useState(0);
  const again = () => begin((before) => before + 1);
  const { module, trouble } = kept.name === name ? kept : nothing;
  useEffect(() => {
    if (name === null || module !== null) return;
    let over = false;
    const load = async () => {
      const loaded = await loadedOrTrouble<M>(name);
      if (!over) keep({ name, ...loaded });
    };
    void load();
    return () => {
      over = true;
    };
  }, [name, round]);
  useEffect(
    () =>
      trouble === null
        ? undefined
        : store.listen((frame) => {
            if (frame.type === "hello" || frame.type === "refresh") again();
          }),
    [trouble],
  );
  return { module, trouble, again };
}

async function loadedOrTrouble<M>(name: string): Promise<Omit<Kept<M>, "name">> {
  try {
    return { module: await loadModule<M>(name), trouble: null };
  } catch (error) {
    if (!(error instanceof ModuleFault)) throw error;
    return { module: null, trouble: error.trouble };
  }
}

const nothing = { module: null, trouble: null } as const;
