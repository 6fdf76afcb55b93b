import { WrittenFrame } from "../views/frames";

const batchBytesMax = 256 * 1024;
/** What a batch has around its items, generously. */
const envelopeBytes = 128;

/** One frame as it is; several as `events` frames of at most 256 KiB, sent at `timestamp`. */
export function batchFrames(timestamp: string, frames: readonly WrittenFrame[]): WrittenFrame[] {
  if (frames.length < 2) return [...frames];
  const batches: WrittenFrame[] = [];
  let held: WrittenFrame[] = [];
  let size = 0;
  const close = () => {
    const [first] = held;
    if (first) batches.push(held.length === 1 ? first : WrittenFrame.batch(timestamp, held));
    held = [];
    size = 0;
  };
  for (const frame of frames) {
    const length = Buffer.byteLength(frame.text);
    if (size + length > batchBytesMax - envelopeBytes) close();
    held.push(frame);
    size += length + 1;
  }
  close();
  return batches;
}
