import { createHmac, timingSafeEqual } from "node:crypto";
import { messageActs, type MessageAct } from "./channel";

/** What one press stands for. */
export interface Press {
  readonly act: MessageAct;
  readonly alertId: string;
}

const labels: Readonly<Record<MessageAct, string>> = {
  acknowledge: "Acknowledge",
  mute: "Mute 2 h",
  took: "Took",
  skipped: "Skipped",
};

const signatureCharacters = 16;
const perRow = 2;

/** The buttons under a message, two a row. */
export function keyboardOf(token: string, acts: readonly MessageAct[], alertId: string): object[][] {
  const buttons = acts.map((act) => ({ text: labels[act], callback_data: callbackOf(token, { act, alertId }) }));
  return Array.from({ length: Math.ceil(buttons.length / perRow) }, (_, row) =>
    buttons.slice(row * perRow, (row + 1) * perRow),
  );
}

/** What a button sends back, 64 bytes at most. A client may send anything: it is signed, so that it is a button's of ours. */
function callbackOf(token: string, { act, alertId }: Press): string {
  const said = `${act}.${alertId}`;
  return `${said}.${signature(token, said)}`;
}

/** Null where no button of ours says so. */
export function readCallback(token: string, data: string): Press | null {
  const [, act = "", alertId = "", signed = ""] = /^([a-z]+)\.(\w{1,24})\.([\w-]+)$/.exec(data) ?? [];
  const known = messageActs.find((each) => each === act);
  const expected = Buffer.from(signature(token, `${act}.${alertId}`));
  const given = Buffer.from(signed);
  if (known === undefined || given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  return { act: known, alertId };
}

function signature(token: string, said: string): string {
  return createHmac("sha256", token).update(`button ${said}`).digest("base64url").slice(0, signatureCharacters);
}
