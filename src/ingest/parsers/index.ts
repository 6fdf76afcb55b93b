import { marketReport } from "./market-report";
import { opportunity } from "./opportunity";
import type { Parser } from "./parser";
import { signal } from "./signal";

/** Every format that is read. The first that claims an entry reads it, so the more particular ones come first. */
export const parsers: readonly Parser[] = [marketReport, opportunity, signal];
