const entities: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};

/**
 * The source's definitions are bits of HTML and of a wiki's markup. The hub shows them as text: one item or paragraph a
 * line, no markup, so that no page has to trust them.
 */
export function plainText(markup: string): string {
  return markup
    .replaceAll('{:/}', '')
    .replaceAll(/<li>/gi, '\n- ')
    .replaceAll(/<(br|p|ul|ol|tr|div)\b[^>]*>|<\/(ul|ol|p|div|tr)>/gi, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&[a-z#0-9]+;/gi, (entity) => entities[entity.toLowerCase()] ?? entity)
    .split('\n')
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '' && line !== '-')
    .join('\n');
}
