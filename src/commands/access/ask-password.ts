import { WrongUsage } from "../exit";

/** From a terminal, unseen and twice; from a pipe its first line. Throws WrongUsage where none comes. */
export async function askPassword(name: string): Promise<string> {
  if (!process.stdin.isTTY) return firstLine(await Bun.stdin.text());
  const [first, second] = [await unseen(`password for ${name}: `), await unseen("once more: ")];
  if (first !== second) throw new WrongUsage("the two differ: nothing was changed");
  return first;
}

function firstLine(text: string): string {
  const line = text.split(/\r?\n/, 1)[0] ?? "";
  if (line === "") throw new WrongUsage("expected the password on the first line of stdin");
  return line;
}

const enter = /[\r\n]/;
const backspace = /[\u007f\b]/;
const interrupt = "\u0003";
const endOfInput = "\u0004";

/** What is typed is not shown, not even as dots. */
export function unseen(prompt: string): Promise<string> {
  // Asked when nothing is shown any more, and not a moment before.
  process.stdin.setRawMode(true).resume().setEncoding("utf8");
  process.stderr.write(prompt);
  return new Promise((resolve, reject) => {
    let typed = "";
    const done = (settle: () => void) => {
      process.stdin.off("data", onInput).setRawMode(false).pause();
      process.stderr.write("\n");
      settle();
    };
    const onInput = (text: string) => {
      for (const character of text) {
        if (character === interrupt || (character === endOfInput && typed === ""))
          return done(() => reject(new WrongUsage("no password was given")));
        if (enter.test(character)) return done(() => resolve(typed));
        typed = backspace.test(character) ? Array.from(typed).slice(0, -1).join("") : typed + character;
      }
    };
    process.stdin.on("data", onInput);
  });
}
