const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as it is shown, whatever stands in it. */
export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
}

/** Telegram counts UTF-16 units of what is left once the markup is read. */
export const unitsOf = (text: string) => text.length;
