import { expect, test } from "bun:test";
import { StrictTransport } from "../../../src/api/border/strict-transport";

test.each<[boolean | null, string | null, string | null, boolean]>([
  // Not set: only the host of an https public URL gets it, and not localhost, which others live on too.
  [null, null, "localhost:8000", false],
  [null, "http://desk.example", "desk.example", false],
  [null, "https://desk.example", "desk.example", true],
  [null, "https://desk.example:8443/desk", "Desk.Example:8443", true],
  [null, "https://desk.example", "localhost:8000", false],
  [null, "https://desk.example", "other.example", false],
  [null, "https://desk.example", null, false],
  [null, "https://[fd00::1]", "[fd00::1]:443", true],
  // Asked for, or refused: everywhere.
  [true, null, "localhost:8000", true],
  [true, "https://desk.example", "other.example", true],
  [false, "https://desk.example", "desk.example", false],
])("hsts %p, public URL %p, asked as %p: %p", (asked, publicUrl, host, held) => {
  expect(new StrictTransport(asked, publicUrl).heldOn(host)).toBe(held);
});
