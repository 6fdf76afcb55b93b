import { here } from "../here";
import { fetchSignedIn } from "./session";

/** Why a module is not there: the daemon does not answer, or its files have other names by now. */
export type ModuleTrouble = "no-answer" | "other-version";

export class ModuleFault extends Error {
  override readonly name = "ModuleFault";

  constructor(readonly trouble: ModuleTrouble) {
    super(trouble);
  }
}

/** By the import map: each module's files are at addresses of their own content. */
const addressOf = (name: string) => import.meta.resolve(here(`ui/${name}`).href);

let listing: Promise<Readonly<Record<string, readonly string[]>>> | undefined;
let tries = 0;
/** Addresses of what is loaded, by those of the import map: nothing is fetched or there twice. */
const loaded = new Map<string, string>();

/**
 * Loads a module below ui/, once. A browser that could not fetch a module once never requests that address again, so
 * its files are fetched first, as often as needed, and imported from the browser's own cache. Throws ModuleFault.
 */
export async function loadModule<M>(name: string): Promise<M> {
  const address = addressOf(name);
  const module = loaded.has(address) || isPreloaded(name) ? await importAt<M>(address).catch(() => null) : null;
  if (module !== null) return module;
  await fetchModule(name);
  return await importAt<M>(address);
}

/** The same for a library that has an address of its own in the import map. */
export async function loadLibrary<M>(name: string): Promise<M> {
  const address = import.meta.resolve(name);
  if (!loaded.has(address)) await fetchFile(new URL(address), "auto");
  return await importAt<M>(address);
}

async function importAt<M>(address: string): Promise<M> {
  const module = await (import(loaded.get(address) ?? address) as Promise<M>).catch(() => null);
  if (module !== null) {
    if (!loaded.has(address)) loaded.set(address, address);
    return module;
  }
  // Where this very address was refused before; what it imports keeps its own, so nothing is there twice.
  tries += 1;
  const other = `${address}?try=${tries}`;
  const found = await (import(other) as Promise<M>).catch(() => {
    throw new ModuleFault("no-answer");
  });
  loaded.set(address, other);
  return found;
}

/** Brings the files of a module to the browser's cache. Throws ModuleFault. */
export async function fetchModule(name: string, priority: RequestPriority = "auto"): Promise<void> {
  const files = await filesOf(name);
  await Promise.all(files.map((file) => fetchFile(here(`ui/${file}`), priority)));
}

/** The document's own module comes with it. */
function isPreloaded(name: string): boolean {
  const links = document.querySelectorAll<HTMLLinkElement>('link[rel="modulepreload"]');
  return [...links].some(({ href }) => href === addressOf(name));
}

async function filesOf(name: string): Promise<readonly string[]> {
  listing ??= readListing();
  try {
    return (await listing)[name] ?? [];
  } catch (error) {
    listing = undefined;
    throw error;
  }
}

async function readListing(): Promise<Readonly<Record<string, readonly string[]>>> {
  const answer = await fetchFile(new URL(addressOf("modules")), "auto");
  return (await answer.json()) as Readonly<Record<string, readonly string[]>>;
}

async function fetchFile(url: URL, priority: RequestPriority): Promise<Response> {
  const answer = await fetchSignedIn(url, { priority }).catch(() => null);
  if (answer === null) throw new ModuleFault("no-answer");
  if (!answer.ok) throw new ModuleFault(answer.status === 404 ? "other-version" : "no-answer");
  return answer;
}
