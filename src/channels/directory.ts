import { channelBudget } from "../core/notify/budget";
import type { ChannelTarget } from "../core/notify/channel-target";
import type { Route } from "../core/notify/route";
import { defaultGiveUpMs } from "../config/channels";
import type { Sealer } from "../auth/sealing";
import type { Channel } from "../notify/deliver-deps";
import { putChannel, removeChannel, storedChannels } from "../store/channels";
import type { Database } from "../store/db";
import type { By } from "../settings";
import type { Mark } from "../submission";
import {
  shapeChannel,
  standingOf,
  type ChannelFacts,
  type ChannelShape,
  type ChannelStanding,
} from "../views/channels";
import { eventFrom } from "../views/frames";
import type { Writer } from "../writer";
import { settingsAskedFor, settingsChanged, showable, split } from "./channel-settings";
import type { ChannelPatch, NewChannel } from "./channel-settings";
import { openChannel, rowOf, type RuntimeChannel } from "./runtime-channel";

/** Why a channel is not made, changed or removed. */
export class ChannelRefused extends Error {
  override readonly name = "ChannelRefused";
  constructor(
    readonly code: "unknown" | "taken" | "of-config" | "locked" | "not-stored",
    message: string,
  ) {
    super(message);
  }
}

/** What sends to the channels there are, or reads from them. */
interface Connected {
  readonly follow: (channels: readonly Channel[]) => void;
  readonly mend?: (name: string) => void;
}

export interface DirectoryDeps {
  readonly database: Database;
  /** Those that hold. Left out: there are none. */
  readonly routes?: () => readonly Route[];
  readonly sealer: Sealer;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
}

/** Every channel there is: those of the config, and those made at run time. A name is one channel's; the config's word comes first. */
export class ChannelDirectory {
  readonly #deps: DirectoryDeps;
  readonly #runtime: Map<string, RuntimeChannel>;
  #configured: readonly Channel[];
  readonly #connected: Connected[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  constructor(deps: DirectoryDeps, configured: readonly Channel[]) {
    this.#deps = deps;
    this.#configured = configured;
    const rows = storedChannels(deps.database);
    this.#runtime = new Map(rows.map((row) => [row.name, openChannel(row, deps.sealer)]));
  }

  /** What can be sent to, and what would be were it not locked. */
  get channels(): readonly Channel[] {
    return [...this.#configured, ...this.#ownRuntime().map(({ channel }) => channel)];
  }

  /** As far as planning goes. */
  get targets(): readonly ChannelTarget[] {
    return this.channels.map(({ name, kind: { audience, edits } }) => ({ name, audience, edits }));
  }

  get facts(): readonly ChannelFacts[] {
    return [...this.#configured.map(factsOfConfigured), ...this.#ownRuntime().map(({ facts }) => facts)];
  }

  /** Those made at run time whose name the config has taken since. */
  get shadowed(): readonly string[] {
    return [...this.#runtime.keys()].filter((name) => this.#isConfigured(name));
  }

  /** Every name there is under this config. */
  namesUnder(configured: readonly Channel[]): string[] {
    return [...new Set([...configured.map(({ name }) => name), ...this.#runtime.keys()])];
  }

  has(name: string): boolean {
    return this.#isConfigured(name) || this.#runtime.has(name);
  }

  list(): ChannelShape[] {
    return this.facts.map((facts) => this.#shape(facts));
  }

  #shape(facts: ChannelFacts): ChannelShape {
    const { database, routes, now } = this.#deps;
    const budget = facts.audience === "people" ? channelBudget(routes?.() ?? [], facts.name) : null;
    return shapeChannel(database, facts, budget, now());
  }

  /** What their health is judged by. */
  standings(): ChannelStanding[] {
    return this.facts.map((facts) => standingOf(this.#deps.database, facts, this.#deps.now()));
  }

  /** Null where there is none of this name. */
  shape(name: string): ChannelShape | null {
    const facts = this.facts.find((each) => each.name === name);
    return facts ? this.#shape(facts) : null;
  }

  /** From now on the config names these. */
  follow(configured: readonly Channel[]): void {
    this.#configured = configured;
    this.#follow();
  }

  /** It follows from now on. */
  connect(connected: Connected): void {
    this.#connected.push(connected);
  }

  /** A person asks for it: it is tried at once, however it fared. */
  mend(name: string): void {
    for (const { mend } of this.#connected) mend?.(name);
  }

  /** Tries once more to open what is locked: its key may have been put back. */
  unlock(): void {
    const locked = [...this.#runtime.values()].filter(({ facts }) => facts.locked !== null);
    const opened = locked.map(({ row }) => openChannel(row, this.#deps.sealer)).filter(({ facts }) => !facts.locked);
    for (const each of opened) this.#runtime.set(each.row.name, each);
    if (opened.length > 0) this.#follow();
  }

  /** Throws WrongSettings and ChannelRefused. */
  create(writer: Writer, asked: NewChannel, by: By): Promise<ChannelShape> {
    return this.#inTurn(() => this.#create(writer, asked, by));
  }

  async #create(writer: Writer, asked: NewChannel, by: By): Promise<ChannelShape> {
    const { name } = asked;
    this.#assertFree(name);
    const { now } = this.#deps;
    const { kind, settings } = settingsAskedFor(asked);
    const wanted = { name, kind, settings, giveUpMs: asked.give_up ?? defaultGiveUpMs, createdAt: now() };
    const made = this.#sealed({ ...wanted, createdBy: by.who });
    return await this.#put(writer, made, by, { what: "channel.added", before: null });
  }

  /** Throws WrongSettings and ChannelRefused. */
  change(writer: Writer, name: string, patch: ChannelPatch, by: By): Promise<ChannelShape> {
    return this.#inTurn(() => this.#change(writer, name, patch, by));
  }

  async #change(writer: Writer, name: string, patch: ChannelPatch, by: By): Promise<ChannelShape> {
    const before = this.#own(name);
    if (before.facts.locked !== null && !givesAllSecrets(before, patch))
      throw new ChannelRefused("locked", `${before.facts.locked}; or give ${before.facts.secrets.join(", ")} again`);
    const { createdAt, createdBy } = before.row;
    const { kind, settings } = settingsChanged(before.row.kind, before.channel.settings, patch);
    const giveUpMs = patch.give_up ?? before.facts.giveUpMs;
    const made = this.#sealed({ name, kind, settings, giveUpMs, createdAt, createdBy });
    return await this.#put(writer, made, by, { what: "channel.changed", before });
  }

  /** Throws ChannelRefused. */
  remove(writer: Writer, name: string, by: By): Promise<void> {
    return this.#inTurn(() => this.#remove(writer, name, by));
  }

  async #remove(writer: Writer, name: string, by: By): Promise<void> {
    const { database, now } = this.#deps;
    const gone = this.#own(name);
    const route = this.#deps.routes?.().find(({ steps }) => steps.some(({ to }) => to.includes(name)));
    if (route) throw new ChannelRefused("taken", `the route ${route.name} names ${name}: change the routes first`);
    await this.#store(writer, (store, publish) => {
      const channel = this.#shape(gone.facts);
      removeChannel(database, name);
      store.audit({ at: now(), ...by, what: "channel.removed", subject: name, before: audited(gone), after: null });
      publish((seq) => eventFrom("channel_changed", seq, now(), { channel, removed: true }));
    });
    this.#runtime.delete(name);
    this.#follow();
  }

  async #put(
    writer: Writer,
    made: RuntimeChannel,
    by: By,
    { what, before }: { readonly what: string; readonly before: RuntimeChannel | null },
  ): Promise<ChannelShape> {
    const { database, now } = this.#deps;
    const { name } = made.row;
    let shape: ChannelShape | null = null;
    await this.#store(writer, (store, publish) => {
      putChannel(database, made.row);
      store.audit({
        at: now(),
        ...by,
        what,
        subject: name,
        before: before && audited(before),
        after: { ...audited(made), ...(before && { secrets_changed: secretsChanged(before, made) }) },
      });
      const channel = (shape = this.#shape(made.facts));
      publish((seq) => eventFrom("channel_changed", seq, now(), { channel, removed: false }));
    });
    this.#runtime.set(name, made);
    this.#follow();
    return shape ?? this.#shape(made.facts);
  }

  async #store(writer: Writer, mark: Mark): Promise<void> {
    if (!(await writer.submit({ mark })))
      throw new ChannelRefused("not-stored", writer.trouble ?? "the store does not take it");
  }

  #follow(): void {
    for (const { follow } of this.#connected) follow(this.channels);
  }

  /** One after the other: a change is a change of what the one before left. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  #sealed(wanted: Parameters<typeof rowOf>[0]): RuntimeChannel {
    const { sealer } = this.#deps;
    // A new key beside what another one sealed would lock that for good.
    const locked = [...this.#runtime.values()].find(({ row, facts }) => row.sealed !== "" && facts.locked !== null);
    if (sealer.trouble?.code === "no-key" && locked) throw new ChannelRefused("locked", sealer.trouble.message);
    return openChannel(rowOf(wanted, sealer), sealer);
  }

  #ownRuntime(): RuntimeChannel[] {
    return [...this.#runtime.values()]
      .filter(({ row }) => !this.#isConfigured(row.name))
      .toSorted((a, b) => a.row.name.localeCompare(b.row.name));
  }

  #isConfigured(name: string): boolean {
    return this.#configured.some((channel) => channel.name === name);
  }

  #own(name: string): RuntimeChannel {
    if (this.#isConfigured(name))
      throw new ChannelRefused("of-config", `${name} stands in virtuoso.config.ts, and is changed there`);
    const own = this.#runtime.get(name);
    if (own === undefined) throw new ChannelRefused("unknown", `there is no channel ${name}`);
    return own;
  }

  #assertFree(name: string): void {
    if (this.has(name)) throw new ChannelRefused("taken", `there is a channel ${name} already`);
  }
}

function factsOfConfigured({ name, kind, settings, giveUpMs }: Channel): ChannelFacts {
  const { plain, secrets } = split(kind, settings);
  return {
    name,
    kind: kind.kind,
    origin: "config",
    audience: kind.audience,
    settings: showable(plain),
    secrets: Object.keys(secrets),
    giveUpMs,
    createdAt: null,
    createdBy: null,
    locked: null,
  };
}

/** As the audit log has it: of secrets their names alone. */
function audited({ facts: { kind, settings, secrets, giveUpMs } }: RuntimeChannel): object {
  return { kind, settings, secrets, give_up_seconds: giveUpMs / 1000 };
}

function secretsChanged(before: RuntimeChannel, after: RuntimeChannel): string[] {
  const names = new Set([...before.facts.secrets, ...after.facts.secrets]);
  return [...names].filter((name) => !Bun.deepEquals(before.channel.settings[name], after.channel.settings[name]));
}

function givesAllSecrets({ facts: { secrets } }: RuntimeChannel, patch: ChannelPatch): boolean {
  return secrets.every((name) => name in patch);
}
