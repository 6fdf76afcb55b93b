import { z } from "zod";
import { isReply, type Letter, type MailReply } from "../mail";
import { channelKind, type Outcome, type Outgoing } from "./channel";
import { mailAddressSchema, mailServerAt, mailServerSchema, senderIn, senderSchema } from "./email-address";
import { fitLine, fitText, underTitle } from "./fit";
import { outcomeOf } from "./outcome";

const subjectBytesMax = 300;
const recipientsMax = 20;
const textBytesMax = 20_000;

/**
 * Letters by a mail server of one's own (RFC 5321, RFC 5322). A delivery has one Message-ID whatever the tries; the letters
 * of one alert refer to the same, so that they stand together. `Auto-Submitted` (RFC 3834) keeps programs from answering.
 */
export const email = channelKind({
  kind: "email",
  audience: "people",
  slots: 1,
  edits: false,
  settings: z.strictObject({
    smtp: mailServerSchema,
    from: senderSchema,
    to: z.union([mailAddressSchema, z.array(mailAddressSchema).min(1).max(recipientsMax)], {
      error: `expected an address, or up to ${recipientsMax}`,
    }),
  }),
  secrets: { smtp: "either" },
  lengthMax: textBytesMax,
  paces: ({ smtp }) => [{ key: `email ${new URL(smtp).host}`, burst: 10, everyMs: 1000 }],
  async send({ smtp, from, to }, outgoing, _post, mail) {
    const server = mailServerAt(smtp);
    if (server === null) throw new Error("the settings are not as they were checked");
    const sender = senderIn(from);
    const reply = await mail(server, { from: sender, to: [to].flat(), ...letterOf(outgoing, sender.address) });
    return isReply(reply) ? outcomeOfReply(reply) : outcomeOf(reply);
  },
});

function letterOf(outgoing: Outgoing, from: string): Omit<Letter, "from" | "to"> {
  const { id, title, text, publicLink, priority, purpose, at, alert } = outgoing;
  const domain = from.slice(from.lastIndexOf("@") + 1);
  const subject = fitLine(title, subjectBytesMax);
  const body = fitText(underTitle(subject, text), textBytesMax);
  const alertId = alert?.["id"];
  return {
    subject,
    text: publicLink === null ? body : `${body}\n\n${publicLink}`,
    html: htmlOf(subject, body, publicLink),
    messageId: `<${id}@${domain}>`,
    references: typeof alertId === "string" ? `<alert-${alertId}-${databaseIn(id)}@${domain}>` : null,
    date: new Date(at),
    headers: { "Auto-Submitted": "auto-generated" },
    isUrgent: priority === "high" && purpose !== "resolve" && purpose !== "digest",
  };
}

/** The part of a delivery's id that says of which database it is: an alert's id says it not. */
function databaseIn(id: string): string {
  return /-([0-9a-f]{8})(?=-|$)/.exec(id)?.[1] ?? "desk";
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}

function htmlOf(subject: string, body: string, link: string | null): string {
  const heading = body === subject ? "" : `<p><strong>${escape(subject)}</strong></p>\n`;
  const end = link === null ? "" : `\n<p><a href="${escape(link)}">Open in Virtuoso</a></p>`;
  return `<!doctype html>\n<html><body>\n${heading}<p>${escape(body).replaceAll("\n", "<br>\n")}</p>${end}\n</body></html>\n`;
}

/** 4xx is tried again, 5xx never is; who may not sign in may send nothing. */
function outcomeOfReply({ code, command, refused }: MailReply): Outcome {
  const said = `SMTP ${code}`;
  if (code < 400) {
    const [first] = refused.filter((each) => each.code < 500);
    if (first !== undefined)
      return {
        outcome: "again",
        answer: `SMTP ${first.code} for ${first.address}, taken for others`,
        mayHaveArrived: true,
      };
    const not = refused.map((each) => `, not for ${each.address} (${each.code})`).join("");
    return { outcome: "accepted", answer: `${said}${not}` };
  }
  if (code < 500) return { outcome: "again", answer: said, mayHaveArrived: false };
  if (command.startsWith("AUTH") || code === 535 || code === 530 || code === 534 || code === 538)
    return {
      outcome: "broken",
      answer: `${said}: the sign-in is refused`,
      advice: "give the channel the name and password of an account that may send",
    };
  return { outcome: "refused", answer: command === "" ? said : `${said} to ${command}` };
}
