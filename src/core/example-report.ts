/** A report that raises an alert as things stand by default. */
const exampleReport = '{"symbol":"BTCUSDT","signal":"BUY","score":88,"reliability":0.95,"price":43000}';

/** One line for a shell that writes a report into the folder, whatever its path is made of; makes the folder where it is `missing`. */
export function exampleCommand(folder: string, missing = false): string {
  const file = shellQuoted(`${folder.replace(/\/+$/, "")}/first.json`);
  return `${missing ? `mkdir -p ${shellQuoted(folder)} && ` : ""}echo '${exampleReport}' > ${file}`;
}

/** Words of a POSIX shell: what it could take for something else stands in single quotes. */
function shellQuoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
