import { securityHeaders } from "./security-headers";

type Cell = string | number | boolean | object | null | undefined;

/** What a list is written as: CSV by RFC 4180, or one JSON object a line. */
export interface Download {
  readonly format: "csv" | "jsonl";
  readonly columns: readonly string[];
}

/** Some rows as text, and where the next ones begin; null where these were the last. */
export interface DownloadPart {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
  readonly next: string | null;
}

export function exportText(
  { format, columns }: Download,
  {
    items,
    next_cursor: next,
  }: { readonly items: readonly Record<string, unknown>[]; readonly next_cursor: string | null },
): DownloadPart {
  const lines = items.map((row) =>
    format === "csv"
      ? `${columns.map((column) => csvCell(row[column] as Cell)).join(",")}\r\n`
      : `${JSON.stringify(row)}\n`,
  );
  return { bytes: new TextEncoder().encode(lines.join("")), rows: items.length, next };
}

/**
 * A whole list as a download. The first part is waited for, so that what cannot be answered is said and not begun;
 * the next is made when this one was taken.
 */
export async function exportResponse(
  name: string,
  { format, columns }: Download,
  parts: AsyncIterator<Uint8Array<ArrayBuffer>, void>,
): Promise<Response> {
  const first = await parts.next();
  const header = format === "csv" ? new TextEncoder().encode(`${columns.join(",")}\r\n`) : null;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      if (header) controller.enqueue(header);
      if (first.done === true) controller.close();
      else if (first.value.length > 0) controller.enqueue(first.value);
    },
    async pull(controller) {
      const { value, done } = await parts.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await parts.return?.();
    },
  });
  return new Response(body, {
    headers: {
      ...securityHeaders,
      "content-type": format === "csv" ? "text/csv; charset=utf-8; header=present" : "application/jsonl; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.${format}"`,
      "cache-control": "no-store",
    },
  });
}

/** In full width as well: spreadsheets take those for the same. */
const formulaSign = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** A text that a spreadsheet would take for a formula is defused with an apostrophe. */
export function csvCell(value: Cell): string {
  if (value === null || value === undefined) return "";
  const plain = typeof value === "object" ? JSON.stringify(value) : value;
  if (typeof plain !== "string") return String(plain);
  const text = formulaSign.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
