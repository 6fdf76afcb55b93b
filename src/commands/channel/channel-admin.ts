import { dirname } from "node:path";
import { z } from "zod";
import { Sealer } from "../../auth/sealing";
import type { NewChannel } from "../../channels/channel-settings";
import { ChannelDirectory } from "../../channels/directory";
import { routingReader } from "../../channels/routing";
import { dataFolder } from "../../config/environment";
import { openForReading } from "../../store/db";
import { channelShape, channelTestShape, type ChannelShape, type ChannelTested } from "../../views/channels";
import { nameOfUser } from "../access/name-of-user";
import { configOrDefaults } from "../client/config-or-defaults";
import { daemonFor } from "../client/daemon";
import type { Rest } from "../client/rest";
import { writeWithout, type WritingParts } from "../client/write-without";
import { Failed, Unreachable } from "../exit";
import type { RemoteOptions } from "../options";

/** How a channel is asked for, before it was looked at. */
export type AskedChannel = Readonly<Record<string, unknown>> & { readonly name: string };

export interface ChannelAdmin {
  list(): Promise<readonly ChannelShape[]>;
  create(asked: AskedChannel): Promise<ChannelShape>;
  test(name: string): Promise<ChannelTested>;
  remove(name: string): Promise<void>;
}

const testWithinMs = 30_000;

/** Through the daemon where one runs, so that it holds at once; else straight on the database. */
export async function channelAdminFor(options: RemoteOptions): Promise<ChannelAdmin> {
  const daemon = await daemonFor(options);
  return daemon === null ? onDatabase(options) : throughDaemon(daemon);
}

function at(name: string): string {
  return `/api/channels/${encodeURIComponent(name)}`;
}

function throughDaemon(daemon: Rest): ChannelAdmin {
  return {
    list: async () => (await daemon.get("/api/channels", z.object({ items: z.array(channelShape) }))).items,
    create: (asked) => daemon.post("/api/channels", asked, channelShape),
    test: (name) => daemon.post(`${at(name)}/test`, {}, channelTestShape, testWithinMs),
    remove: (name) => daemon.remove(at(name)),
  };
}

function onDatabase(options: RemoteOptions): ChannelAdmin {
  const by = { who: nameOfUser(), from: "command line" };
  const writing = <T>(work: (channels: ChannelDirectory, writer: WritingParts["writer"]) => Promise<T>) =>
    writeWithout(options, ({ database, settings, writer, now }) => {
      const routing = routingReader(database, () => settings.config);
      const routes = () => routing().routes ?? [];
      const deps = { database, now, routes, sealer: new Sealer(dirname(database.path)) };
      return plainly(work(new ChannelDirectory(deps, settings.config.channels), writer));
    });
  return {
    async list() {
      const data = dataFolder(options.data);
      using database = openForReading(data);
      const config = await configOrDefaults(options);
      const routing = routingReader(database, () => config);
      const routes = () => routing().routes ?? [];
      return new ChannelDirectory(
        { database, sealer: new Sealer(data), now: Date.now, routes },
        config.channels,
      ).list();
    },
    async create(asked) {
      const { newChannelSchema } = await import("../../channels/channel-settings");
      const { inPlainWords, plainIssues } = await import("../../core/plain-words");
      const read = newChannelSchema.safeParse(asked, inPlainWords);
      if (!read.success)
        throw new Failed(
          plainIssues(read.error)
            .map(({ path, message }) => `${path}: ${message}`)
            .join("\n"),
        );
      const channel: NewChannel = read.data;
      return await writing<ChannelShape>((channels, writer) => channels.create(writer, channel, by));
    },
    test() {
      return Promise.reject(new Unreachable(`no daemon runs on ${dataFolder(options.data)}, and only it sends`));
    },
    async remove(name) {
      await writing(async (channels, writer) => {
        await channels.remove(writer, name, by);
        return true;
      });
    },
  };
}

/** What is refused is said in one line. */
async function plainly<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && ["ChannelRefused", "WrongSettings"].includes(error.name))
      throw new Failed(error.message);
    throw error;
  }
}
