import { watch as watchRaw } from "node:fs";
import { basename } from "node:path";
import { watch } from "chokidar";
import { answerQuestions, wallMs } from "../worker";

/**
 * Does nothing but note when its callback is called for a file: chokidar, or Node's own watch below it. Answers what it
 * noted since the last request.
 */
const [kind, ...folders] = process.argv.slice(2);
let noticed: Record<string, number> = {};

const note = (name: string) => {
  noticed[basename(name)] ??= wallMs();
};

if (kind === "chokidar") {
  const watcher = watch(folders, { ignoreInitial: true }).on("add", note);
  await new Promise<void>((resolve) => void watcher.on("ready", resolve));
} else {
  for (const folder of folders) watchRaw(folder, (_event, name) => name !== null && note(name));
}

answerQuestions<object>(() => {
  const answer = noticed;
  noticed = {};
  return answer;
});
