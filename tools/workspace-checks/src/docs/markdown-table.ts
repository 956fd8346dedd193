/** A Markdown table; cells may use `code` and **bold**, everything else in them is shown as it stands. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows.map((row) => row.map(escapeCell))];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** Outside of code a star, an underscore or a pointed bracket would be markup; a bar ends the cell everywhere. */
function escapeCell(text: string): string {
  return text
    .split(/(`[^`]*`|\*\*\w+\*\*)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[*_<>]/g, '\\$&')))
    .join('')
    .replaceAll('|', '\\|');
}
