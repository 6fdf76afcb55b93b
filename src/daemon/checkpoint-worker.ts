import { checkpoint } from "../store/checkpoint";

/** A thread of its own: what a checkpoint copies and waits for on the disk would hold up every request. */
declare const self: Worker;

/** The path of the database goes in; out comes why the checkpoint failed, null where it did not. */
export type CheckpointAnswer = { readonly failed: string | null };

self.addEventListener("message", ({ data: path }: MessageEvent<string>) => {
  self.postMessage(answer(path));
});

function answer(path: string): CheckpointAnswer {
  try {
    checkpoint(path);
    return { failed: null };
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
