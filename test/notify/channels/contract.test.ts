import { expect, test } from "bun:test";
import type { ChannelKind } from "../../../src/notify/channels/channel";
import { channelKinds } from "../../../src/notify/channels/index";
import { channelContract } from "./contract";
import { channelScripts } from "./scripts/index";

const kinds: readonly ChannelKind[] = channelKinds;

test("every kind of channel has a script, and every script a kind", () => {
  expect(channelScripts.map(({ kind }) => kind).toSorted()).toEqual(kinds.map(({ kind }) => kind).toSorted());
  expect(new Set(kinds.map(({ kind }) => kind)).size).toBe(kinds.length);
});

for (const kind of kinds) {
  const script = channelScripts.find((each) => each.kind === kind.kind);
  if (script) channelContract(kind, script);
}
