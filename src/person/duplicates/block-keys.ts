import type { Identifier } from "./duplicates.store.js";
import { chineseSoundOf, consonantsOf, spellingOf } from "./name-spelling.js";
import { formsOf } from "./nicknames.js";
import type { PersonName } from "./person-name.js";

/** A key by which only people without a given name are compared with the others: `Mr. Gromyko`. */
const SURNAME = "surname";
/** The number of first letters that a misspelt family name has in common with the right one. */
const BEGINNING = 3;

/** Returns the keys under which a person is looked for. Two people are compared if they share one. */
export function blockKeysOf(
  names: readonly PersonName[],
  identifiers: readonly Identifier[],
): string[] {
  const keys = new Set(identifiers.map(({ scheme, value }) => `identifier ${scheme} ${value}`));
  for (const name of names) {
    for (const family of familiesOf(name)) {
      keys.add(`${SURNAME} ${family}`);
      for (const { text, isFathers } of name.given) {
        keys.add(`initial ${family} ${text[0]!}`);
        if (text.length === 1 || isFathers) continue;
        for (const form of [consonantsOf(text), ...formsOf(text)])
          keys.add(`name ${family} ${form}`);
      }
    }
    const [first] = name.given;
    if (first && first.text.length > 1) {
      const beginning = spellingOf(name.family.join("")).slice(0, BEGINNING);
      keys.add(`beginning ${beginning} ${consonantsOf(first.text)}`);
    }
    const sound = chineseSoundOf(name.words);
    if (sound !== null) keys.add(`sound ${sound}`);
  }
  return [...keys];
}

/** Returns whether a key stands for a family name alone. */
export function isSurnameKey(key: string): boolean {
  return key.startsWith(`${SURNAME} `);
}

/** A family name by its consonants; of several words, also each of them. */
function familiesOf({ family, wholeFamily }: PersonName): Set<string> {
  const words = family.length > 1 ? family.filter((word) => word.length > 2) : [];
  return new Set([family.join(""), wholeFamily, ...words].map(consonantsOf));
}
