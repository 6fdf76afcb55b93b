import { mailLogin, startMailServer } from "../../../support/mail-server";
import { headerText, partsOf } from "../../../support/mime";
import type { Received } from "../../../support/scripted-server";
import type { ChannelScript } from "./script";

function textOf({ body }: Received): string {
  return (partsOf(body).get("text/plain")?.text ?? "").replace(/\n\nhttps:\/\/\S+$/, "");
}

export const emailScript: ChannelScript = {
  kind: "email",
  start: startMailServer,
  settings: (server) => ({
    smtp: server.replace("://", `://${encodeURIComponent(mailLogin.user)}:${encodeURIComponent(mailLogin.pass)}@`),
    from: "Virtuoso <desk@example.org>",
    to: ["ada@example.org"],
  }),
  secrets: [mailLogin.pass],
  accept: () => ({ status: 250 }),
  acceptWithoutEdit: null,
  unauthorized: { status: 535 },
  gone: { status: 534 },
  refused: { status: 550 },
  limited: null,
  limitedFor: null,
  read(request) {
    const text = textOf(request);
    return { title: headerText(request.headers["subject"] ?? ""), text, length: Buffer.byteLength(text) };
  },
  saysShortened: (request) => textOf(request).endsWith("more characters"),
  idOf: ({ headers }) => headers["message-id"] ?? "",
};
