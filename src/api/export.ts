import { securityHeaders } from "./security-headers";

type Cell = string | number | boolean | object | null | undefined;

/** A whole list as a download, row by row: CSV by RFC 4180, or one JSON object a line. */
export function exportRows(name: string, format: "csv" | "jsonl", columns: readonly string[], rows: Iterable<Record<string, unknown>>): Response {
  const encoder = new TextEncoder();
  const iterator = lines(format, columns, rows)[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { value, done } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
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

function* lines(format: "csv" | "jsonl", columns: readonly string[], rows: Iterable<Record<string, unknown>>): Iterable<string> {
  if (format === "csv") yield `${columns.join(",")}\r\n`;
  for (const row of rows) yield format === "csv" ? `${columns.map((column) => csvCell(row[column] as Cell)).join(",")}\r\n` : `${JSON.stringify(row)}\n`;
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
