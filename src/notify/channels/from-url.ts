/** Settings of a kind of channel, not checked yet. */
export interface ChannelFromUrl {
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What an address of one scheme means; a text says why it means nothing. */
type Reading = (url: Address) => ChannelFromUrl | string;

interface Address {
  readonly isSecure: boolean;
  /** With its port. */
  readonly host: string;
  /** Of the path, decoded. */
  readonly parts: readonly string[];
  readonly path: string;
  /** Before the @, decoded. */
  readonly user: string;
  readonly password: string;
  readonly query: ReadonlyMap<string, string>;
}

/** A channel by one address, as Apprise (github.com/caronc/apprise) writes it; each scheme is one line. */
const schemes = new Map<string, { readonly isSecure: boolean; readonly read: Reading }>([
  ["discord", { isSecure: true, read: discordAt }],
  ["json", { isSecure: false, read: webhookAt }],
  ["jsons", { isSecure: true, read: webhookAt }],
  ["mailto", { isSecure: false, read: emailAt }],
  ["mailtos", { isSecure: true, read: emailAt }],
  ["ntfy", { isSecure: false, read: ntfyAt }],
  ["ntfys", { isSecure: true, read: ntfyAt }],
  ["slack", { isSecure: true, read: slackAt }],
  ["tgram", { isSecure: true, read: telegramAt }],
]);

/** The channel an address names, or what is wrong with the address; the text repeats nothing but its scheme. */
export function channelFromUrl(text: string): ChannelFromUrl | { readonly issue: string } {
  const scheme = /^([a-z][a-z0-9]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) return { issue: `expected an address such as ntfys://topic` };
  if (scheme === "http" || scheme === "https") return atWebAddress(text);
  const known = schemes.get(scheme);
  if (known === undefined)
    return {
      issue: `expected an address that begins with ${[...schemes.keys()].join(":// or ")}://, got ${scheme}://`,
    };
  const address = addressOf(text, known.isSecure);
  if (address === null) return { issue: `what follows ${scheme}:// is no address` };
  const read = known.read(address);
  return typeof read === "string" ? { issue: read } : read;
}

function addressOf(text: string, isSecure: boolean): Address | null {
  // A bot's token has a colon, and would be read as a host and its port.
  const url = URL.parse(text.replace(/^(tgram:\/\/\d+:[\w-]+)(?=\/)/i, "$1@bot"));
  if (url === null || url.host === "" || url.hash !== "") return null;
  try {
    return {
      isSecure,
      host: url.host,
      parts: url.pathname.split("/").filter(Boolean).map(decodeURIComponent),
      path: url.pathname,
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      query: new Map(url.searchParams),
    };
  } catch {
    // A % that encodes nothing.
    return null;
  }
}

/** `ntfys://topic` is ntfy.sh's; `ntfys://host/topic` another server's, with `token@` or `name:password@` before it. */
function ntfyAt({ isSecure, host, parts, user, password, query }: Address): ChannelFromUrl | string {
  const [topic, ...more] = parts;
  const unknown = unknownParameters(query, ["token"]);
  if (unknown !== null) return unknown;
  if (more.length > 0) return "expected one topic: each topic is a channel of its own";
  const credentials = password === "" ? user : `${user}:${password}`;
  const token = query.get("token") ?? credentials;
  const server = topic === undefined ? {} : { server: `${isSecure ? "https" : "http"}://${host}` };
  return { kind: "ntfy", settings: { ...server, topic: topic ?? host, ...(token !== "" && { token }) } };
}

/** The webhooks of two providers are known by their address; any other address is a program's, as it stands. */
function atWebAddress(text: string): ChannelFromUrl {
  const { host, pathname } = URL.parse(text) ?? { host: "", pathname: "" };
  if (/^(?:\w+\.)?discord(?:app)?\.com$/.test(host) && pathname.includes("/webhooks/"))
    return { kind: "discord", settings: { webhook: text } };
  if (/^hooks\.slack(?:-gov)?\.com$/.test(host)) return { kind: "slack", settings: { webhook: text } };
  return { kind: "webhook", settings: { url: text } };
}

/** `discord://webhook-id/webhook-token`, with `?thread=` for a thread of it. */
function discordAt({ host, parts: [token, ...more], user, query }: Address): ChannelFromUrl | string {
  const unknown = unknownParameters(query, ["thread"]);
  if (unknown !== null) return unknown;
  if (token === undefined || more.length > 0 || user !== "") return "expected discord://webhook-id/webhook-token";
  const thread = query.get("thread");
  const where = thread === undefined ? "" : `?thread_id=${thread}`;
  return { kind: "discord", settings: { webhook: `https://discord.com/api/webhooks/${host}/${token}${where}` } };
}

/** `slack://T.../B.../token`, as they stand in the webhook's address. */
function slackAt({ host, parts, user, query }: Address): ChannelFromUrl | string {
  const unknown = unknownParameters(query, []);
  if (unknown !== null) return unknown;
  if (parts.length !== 2 || user !== "")
    return "expected slack://tokenA/tokenB/tokenC: the channel is the webhook's own";
  return { kind: "slack", settings: { webhook: `https://hooks.slack.com/services/${[host, ...parts].join("/")}` } };
}

/**
 * `mailtos://name:password@domain/to@...`; `?smtp=` is the server where that is not the domain, `mode=ssl` TLS at once,
 * `user=` the name to sign in with, `from=` and `to=` addresses.
 */
function emailAt({ isSecure, host, parts, user, password, query }: Address): ChannelFromUrl | string {
  const unknown = unknownParameters(query, ["smtp", "mode", "user", "from", "to"]);
  if (unknown !== null) return unknown;
  const mode = query.get("mode") ?? (isSecure ? "starttls" : "insecure");
  if (!["ssl", "starttls", "insecure"].includes(mode)) return "expected mode=ssl or mode=starttls";
  const [, domain = host, port = ""] = /^(.*?)(:\d+)?$/.exec(host) ?? [];
  const own = user.includes("@") ? user : `${user}@${domain}`;
  const from = query.get("from") ?? own;
  const to = [...parts, ...(query.get("to")?.split(",") ?? [])];
  const login =
    password === "" ? "" : `${encodeURIComponent(query.get("user") ?? own)}:${encodeURIComponent(password)}@`;
  const scheme = mode === "ssl" ? "smtps" : "smtp";
  const smtp = `${scheme}://${login}${query.get("smtp") ?? domain}${port}${mode === "insecure" ? "?tls=none" : ""}`;
  return { kind: "email", settings: { smtp, from, to: to.length === 0 ? [from] : to } };
}

/** `tgram://token/chat`. */
function telegramAt({ parts: [chat, ...more], user, password, query }: Address): ChannelFromUrl | string {
  const unknown = unknownParameters(query, []);
  if (unknown !== null) return unknown;
  if (more.length > 0) return "expected one chat: each chat is a channel of its own";
  if (chat === undefined || password === "") return "expected tgram://token/chat";
  return { kind: "telegram", settings: { token: `${user}:${password}`, chat } };
}

/** `jsons://name:password@host/path`; a parameter that begins with + is a header. */
function webhookAt({ isSecure, host, path, user, password, query }: Address): ChannelFromUrl | string {
  const headers = new Map(
    [...query].flatMap(([name, value]) => (name.startsWith("+") ? [[name.slice(1), value]] : [])),
  );
  const unknown = unknownParameters(
    query,
    [...headers.keys()].map((name) => `+${name}`),
  );
  if (unknown !== null) return unknown;
  if (user !== "" || password !== "")
    headers.set("authorization", `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`);
  const url = `${isSecure ? "https" : "http"}://${host}${path === "" ? "/" : path}`;
  return { kind: "webhook", settings: { url, ...(headers.size > 0 && { headers: Object.fromEntries(headers) }) } };
}

function unknownParameters(query: ReadonlyMap<string, string>, known: readonly string[]): string | null {
  const unknown = [...query.keys()].filter((name) => !known.includes(name));
  return unknown.length === 0 ? null : `there is no such parameter: ${unknown.join(", ")}`;
}
