import { exportText } from "../api/export";
import { storeFaultOf } from "../store/fault";
import { openForReading } from "../store/open";
import type { FarAnswer, FarQuestion } from "./far-looks";
import { looksAtOnce } from "./lists";

declare const self: Worker;

/** One thread that looks far: its own connection, read-only. It is asked one question at a time, and ended where an answer takes too long. */
const looks = looksAtOnce(openForReading(process.env["VIRTUOSO_FAR_LOOK_DATA"] ?? ""), "far");

self.addEventListener("message", ({ data }: MessageEvent<FarQuestion>) => {
  self.postMessage(answerTo(data));
});

function answerTo({ name, asked, download }: FarQuestion): FarAnswer {
  try {
    const found = (looks[name] as (given: object) => unknown)(asked);
    return { answer: download === undefined ? found : exportText(download, found as Parameters<typeof exportText>[1]) };
  } catch (error) {
    return { fault: storeFaultOf(error), message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}
