import { exportText } from "../api/export";
import { storeFaultOf } from "../store/fault";
import { openForReading } from "../store/db";
import type { WorkerResult, WorkerQuery } from "./query-threads";
import { localQueries } from "./local-queries";

declare const self: Worker;

/**
 * One thread that looks far: its own connection, read-only. It is asked one question at a time, and ended where an
 * answer takes too long.
 */
const far = localQueries(openForReading(process.env["VIRTUOSO_FAR_LOOK_DATA"] ?? ""), "far");

self.addEventListener("message", ({ data }: MessageEvent<WorkerQuery>) => {
  self.postMessage(answerTo(data));
});

function answerTo({ name, query: filter, download }: WorkerQuery): WorkerResult {
  try {
    const found = (far[name] as (filter: object) => unknown)(filter);
    return { answer: download === undefined ? found : exportText(download, found as Parameters<typeof exportText>[1]) };
  } catch (error) {
    return {
      fault: storeFaultOf(error),
      message: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
