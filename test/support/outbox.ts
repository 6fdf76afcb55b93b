import type { Story } from "./story";

/** A delivery as a story looks at it. */
interface OutboxRow {
  readonly channel: string;
  readonly state: string;
  readonly attempts: number;
  readonly answer: string | null;
}

/** All that is or was owed, the first first. */
export function outbox(story: Story): OutboxRow[] {
  return story.rows<OutboxRow>("SELECT channel, state, attempts, last_answer AS answer FROM deliveries ORDER BY seq");
}
