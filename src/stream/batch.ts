const batchBytesMax = 256 * 1024;

/** One frame as it is; several as `events` frames of at most 256 KiB. */
export function batchFrames(frames: readonly string[]): string[] {
  if (frames.length < 2) return [...frames];
  const batches: string[] = [];
  let held: string[] = [];
  let size = 0;
  const close = () => {
    if (held.length > 0)
      batches.push(held.length === 1 ? (held[0] ?? "") : `{"type":"events","items":[${held.join(",")}]}`);
    held = [];
    size = 0;
  };
  for (const frame of frames) {
    const length = Buffer.byteLength(frame);
    if (size + length > batchBytesMax - 64) close();
    held.push(frame);
    size += length + 1;
  }
  close();
  return batches;
}
