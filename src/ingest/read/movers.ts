import type { Mover } from "../../core/market";
import { percentOf } from "./number";
import { symbolOf } from "../../core/symbol";
import { isList, isObject, own, type JsonValue } from "./value";

const moversMax = 20;

const changeKeys = ["change", "change_24h", "price_change", "price_change_percent", "change_percent"];

/** Movers from `[{symbol, change}]` or `[[symbol, change]]`; what names no symbol or change is left out. */
export function moversOf(value: JsonValue | undefined): readonly Mover[] {
  return isList(value) ? value.slice(0, moversMax).flatMap((item) => moverOf(item) ?? []) : [];
}

function moverOf(item: JsonValue): Mover | null {
  const [name, change] = isList(item) ? item : isObject(item) ? [own(item, "symbol"), changeIn(item)] : [];
  const named = typeof name === "string" ? symbolOf(name) : null;
  const percent = percentOf(change);
  return named === null || percent === null ? null : { symbol: named.symbol, change: percent };
}

function changeIn(item: { readonly [key: string]: JsonValue }): JsonValue | undefined {
  const key = changeKeys.find((key) => Object.hasOwn(item, key));
  return key === undefined ? undefined : item[key];
}
