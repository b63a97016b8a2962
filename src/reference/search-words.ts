/**
 * The words of what someone typed, as the text search sees those of a title: apostrophes gone, everything that is no
 * letter or digit a space. At most eight: more narrows nothing, and the text may come from anyone.
 */
export function searchWords(typed: string): string[] {
  const words = typed.replaceAll(/['’]/g, '').match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.slice(0, 8).map((word) => word.toLowerCase());
}

/** What was typed as the beginning of a code, or null when it cannot be one. */
export function codePrefix(typed: string): string | null {
  const code = typed.trim();
  return /^[A-Za-z0-9]{1,12}$/.test(code) ? code.toUpperCase() : null;
}
