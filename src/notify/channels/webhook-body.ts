import { bytesOf, fitLine, fitText } from "./fit";
import type { Outgoing } from "./channel";
import { eventTypes } from "./event-type";

type Alert = NonNullable<Outgoing["alert"]>;

/** What an alert is: stays in a body whatever has to go. */
const kept = new Set(["id", "kind", "state", "type", "priority", "message", "timestamp", "source", "symbol"]);
const lineBytesMax = 1000;
const textBytesMax = 4000;

/**
 * `{type, timestamp, data: {alert, delivery: {id, purpose}, link, title, text}}` as JSON, the same on every try as long as
 * the alert is. Where it would be longer than allowed, `data.shortened` names the fields of the alert that were cut or left out.
 */
export function webhookBody(outgoing: Outgoing, bytesMax: number): string {
  const { id, purpose, createdAt, link, title, text, alert } = outgoing;
  const head = { type: eventTypes[purpose], timestamp: new Date(createdAt).toISOString() };
  const said = { alert: null, delivery: { id, purpose }, link, title, text };
  const written = (data: Readonly<Record<string, unknown>>) => JSON.stringify({ ...head, data: { ...said, ...data } });
  const whole = written({ alert });
  if (bytesOf(whole) <= bytesMax) return whole;
  const short = { title: fitLine(title, lineBytesMax), text: fitText(text, textBytesMax) };
  if (alert === null) return written({ ...short, shortened: [] });
  const room = bytesMax - bytesOf(written({ ...short, alert: {}, shortened: Object.keys(alert) }));
  return written({ ...short, ...shortened(alert, room) });
}

/** As many fields as there is room for, bytes: what it is first, then the small ones before the large. */
function shortened(alert: Alert, room: number): { readonly alert: Alert; readonly shortened: readonly string[] } {
  const fields = Object.entries(alert).map(([name, value]) => {
    const fitted = kept.has(name) && typeof value === "string" ? fitLine(value, lineBytesMax) : value;
    return { name, value: fitted, isWhole: fitted === value, bytes: bytesOf(JSON.stringify({ [name]: fitted })) };
  });
  const order = fields.toSorted(
    (one, other) => Number(kept.has(other.name)) - Number(kept.has(one.name)) || one.bytes - other.bytes,
  );
  let left = room;
  const taken = new Set<string>();
  for (const { name, bytes } of order) {
    if (bytes > left) break;
    left -= bytes;
    taken.add(name);
  }
  return {
    alert: Object.fromEntries(fields.filter(({ name }) => taken.has(name)).map(({ name, value }) => [name, value])),
    shortened: fields.filter(({ name, isWhole }) => !isWhole || !taken.has(name)).map(({ name }) => name),
  };
}
