import { describe, expect, test } from "bun:test";
import { ParseError } from "../../../src/ingest/read/parse-error";
import { bytesMax, readJson } from "../../../src/ingest/read/json";

const encoder = new TextEncoder();
const valueOf = (text: string) => {
  const json = readJson(encoder.encode(text));
  return json instanceof ParseError ? json : json.value;
};
const faultOf = (bytes: Uint8Array | string) => {
  const json = readJson(typeof bytes === "string" ? encoder.encode(bytes) : bytes);
  return json instanceof ParseError ? json : new Error("it was read");
};

describe("literals of Python", () => {
  test.each([
    ["[NaN, Infinity, -Infinity]", [Infinity, Infinity, -Infinity]],
    ['{"a":NaN}', { a: Infinity }],
    ['["NaN", "a\\"NaN", "\\\\", NaN]', ["NaN", 'a"NaN', "\\", Infinity]],
    ['["a NaN b", "Infinity , NaN ,", NaN]', ["a NaN b", "Infinity , NaN ,", Infinity]],
    ['{"NaN": NaN}', { NaN: Infinity }],
  ])("%s", (text, value) => {
    expect(valueOf(text)).toEqual(value);
  });

  test.each([["[1NaN]"], ["[NaN1]"], ["[--Infinity]"], ["[NaNNaN]"], ["[.Infinity]"], ["[-NaN]"], ["[NaN"], ["nan"]])(
    "%s is still garbage",
    (text) => {
      expect(faultOf(text)).toMatchObject({ reason: "not-json" });
    },
  );
});

function nested(levels: number): string {
  return "[".repeat(levels) + "]".repeat(levels);
}

describe("limits", () => {
  test("64 levels and no more, however many", () => {
    expect(valueOf(nested(64))).toBeArray();
    expect(faultOf(nested(65))).toMatchObject({ reason: "too-deep" });
    expect(faultOf("[".repeat(1_000_000))).toMatchObject({ reason: "too-deep" });
    expect(faultOf('{"a":'.repeat(200_000))).toMatchObject({ reason: "too-deep" });
    expect(valueOf(JSON.stringify("[".repeat(100) + '\\"{'.repeat(300)))).toBeString();
  });

  test("4 MB and no more", () => {
    expect(valueOf(`"${"x".repeat(bytesMax - 2)}"`)).toHaveLength(bytesMax - 2);
    expect(faultOf(new Uint8Array(bytesMax + 1))).toMatchObject({ reason: "too-big" });
  });
});

test.each([[""], [" \n"], ["\ufeff"], ["\ufeff  "]])("%p is empty", (text) => {
  expect(faultOf(text)).toMatchObject({ reason: "empty" });
});

test("bytes that are no UTF-8 are refused", () => {
  for (const bytes of [[0xff], [0x22, 0xc3, 0x28, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22]]) {
    expect(faultOf(new Uint8Array(bytes))).toMatchObject({ reason: "not-utf8" });
  }
});

describe("where it stops being JSON", () => {
  test.each([
    ['{"a": 1', "it ends too early, after 7 characters"],
    ['{"a": "x', "it ends too early, after 8 characters"],
    ['{"a": 1,\n  b: 2}', 'unexpected "b: 2}" at line 2, column 3'],
    ["[1, 2,]", 'unexpected "]" at line 1, column 7'],
    ["[1 2]", 'unexpected "2]" at line 1, column 4'],
    ['{"a" 1}', 'unexpected "1}" at line 1, column 6'],
    ["{} {}", 'unexpected "{}" at line 1, column 4'],
    ['["\\x"]', 'unexpected "\\"\\\\x\\"]" at line 1, column 2'],
    ["[01]", 'unexpected "01]" at line 1, column 2'],
    ["\u0000\u0000", 'unexpected "\\u0000\\u0000" at line 1, column 1'],
  ])("%p", (text, place) => {
    expect(faultOf(text)).toMatchObject({ reason: "not-json", detail: `Not JSON: ${place}.` });
  });
});
