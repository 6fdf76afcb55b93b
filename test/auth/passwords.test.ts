import { expect, test } from "bun:test";
import { whyWeak } from "../../src/auth/passwords";

test.each([
  ["short", "short"],
  ["11 letters.", "short"],
  ["passwordpassword", "everybody"],
  ["Password12345!", "everybody"],
  ["qwerty123456", "everybody"],
  ["aaaaaaaaaaaaaaa", "different"],
  ["1234567890123", "keyboard"],
  ["adalovelace!!", "name"],
] as const)("%s is no password", async (password, why) => {
  const words = {
    short: "12 characters",
    everybody: "tried first",
    different: "different characters",
    keyboard: "keyboard",
    name: "name",
  };
  expect(await whyWeak(password, "adalovelace")).toContain(words[why]);
});

test.each(["correct horse battery", "green lamp over water", "пароль из нескольких слов", "x7#kQ!2m_Lp9"])(
  "%s is one",
  async (password) => {
    expect(await whyWeak(password, "ada")).toBeNull();
  },
);
