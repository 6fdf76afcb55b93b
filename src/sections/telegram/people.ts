import type { DaemonParts } from "../../daemon/parts";
import type { TelegramSettings } from "../../notify/channels/telegram";
import { permissionsOf, type Permission } from "../../core/roles";

/** Someone who may act from a chat. */
export interface Person {
  /** The name of their account. */
  readonly who: string;
  readonly may: (need: Permission) => boolean;
}

/** Whose account the settings name for a user of Telegram; null: a stranger, or one whose account is no more. */
export function personFor(
  { authServices, accounts }: Pick<DaemonParts, "authServices" | "accounts">,
  { users }: Pick<TelegramSettings, "users">,
  userId: number,
): Person | null {
  const id = String(userId);
  const name = Object.hasOwn(users, id) ? users[id] : undefined;
  if (name === undefined) return null;
  if (!authServices.required) return { who: name, may: () => true };
  const account = accounts.accountNamed(name.toLowerCase());
  if (account === undefined) return null;
  const allowed = permissionsOf[account.role];
  return { who: account.name, may: (need) => allowed.has(need) };
}
