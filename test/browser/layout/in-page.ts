import { layoutFaults } from "./faults";

/** Loaded into a page as one script: its tests call it there. */
Object.assign(globalThis, { layoutFaults });
