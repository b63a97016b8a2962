/** What the field of the Police National Computer for the text of a disposal holds. */
export const longestDisposalText = 64;

/**
 * The text that goes with a result on the Police National Computer, by the public rules of Bichard 7: where somebody may
 * not go, what they may not keep. Of results that have another text, or none, it is never too long, and empty here. Pure.
 * @param text the court's words, white space made single
 */
export function disposalText(code: number, text: string): string {
  const words = text.toUpperCase();
  switch (code) {
    case 1100:
      return excludedFrom([
        ...found(/THE DEFENDANT IS NOT TO ENTER(.*?)(?:THE DEFENDANT IS TO BE|$)/g, words).slice(0, 1),
      ]);
    case 3025:
      return found(/DISQUALIFIED FROM KEEPING(.*?)FOR (?:LIFE|A PERIOD OF)/g, words)[0] ?? '';
    case 3041:
      return excludedFrom(found(/DEFENDANT EXCLUDED FROM(.*?)FOR A PERIOD OF/g, words));
    case 3106:
      return excludedFrom(
        found(/NOT (?:TO )?ENTER(.*?)THIS EXCLUSION REQUIREMENT LASTS FOR/g, words).map((place) =>
          place.replace(/^.*NOT (?:TO )?ENTER /, ''),
        ),
      );
    default:
      return '';
  }
}

function found(pattern: RegExp, words: string): string[] {
  return [...words.matchAll(pattern)].map(([, place = '']) => place.trim()).filter((place) => place !== '');
}

function excludedFrom(places: readonly string[]): string {
  const [longest] = [...places].sort((a, b) => b.length - a.length);
  return longest === undefined ? '' : `EXCLUDED FROM ${longest}`;
}
