import { isFamilyFirst } from "../../src/draft/name-order.js";

/** Surnames of several words that occur without a forename. Compiled by hand from the remarks. */
const SURNAMES = new Set(
  "Abdo Benítez, Aboul Ghait, Aboul Gheit, Batlle y Ordonez, Boni Yayi, Calvo Sotelo, Castillo Claramount, Castro Quesada, Castro Ramirez, Cavaco Silva, Collor de Mello, Couve de Murville, Diaz Ordaz, Escovar Salom, Estrada Cabrera, Febres Cordero, Fernandez de Kirchner, Franco Nogueira, Grlić Radman, Ibn Saud, Johnson Sirleaf, Le Drian, Lievano Aguirre, Lleras Camargo, Lloyd George, Lopez Arrelano, Lopez Bravo, Lopez Mateos, Lopez Michelson, Lopez Portillo, Lula da Silva, Macedo Soares, Mackenzie King, Morales Bermudez, Munoz Meany, Rios Montt, Rodriquez Zapatero, Rojas Pinilla, Sa Carneiro, Taur Ruak, Villagomez Yepez, Zavala Ortiz".split(
    ", ",
  ),
);

const PARTICLE = /^(?:van|von|de|da|di|dos|du|el|le)$/i;
const ARABIC = /^(?:bin|ibn|al)$/i;
const NUMERAL = /^[IVX]+$/;
/** Returns whether the words after an office are a full name, not a two-word surname or a monarch's name. */
export function isForenameAndSurname(name: string[], isRoyal: boolean): boolean {
  if (name.length < 2 || SURNAMES.has(name.join(" "))) return false;
  if (NUMERAL.test(name.at(-1)!)) return false;
  // `De la Madrid`, `von Hindenburg`, `Al Thani`
  if (
    /^(?:De|Dr\.|Lord|Daw|Dato’|U|Da|Do|Dos|Di|Du|Del|La|Van|Von|Al|El|Ben|Abu|Ter|Bin)$/i.test(
      name[0]!,
    )
  )
    return false;
  if (isRoyal) return name.some((word) => /^(?:bin|ibn|bint|al-.+)$/i.test(word));
  return true;
}

/** Returns how many words at the end are the surname; -1 if it is the first word. */
export function surnameLength(name: string[]): number {
  for (let length = Math.min(4, name.length); length > 1; length--)
    if (SURNAMES.has(name.slice(-length).join(" "))) return length;
  if (isFamilyFirst(name)) return -1;
  const at = name.findIndex((word, i) => i > 0 && PARTICLE.test(word));
  return at > 0 && !name.some((word) => ARABIC.test(word)) ? name.length - at : 1;
}

/** Returns the name for sorting. Arabic names, and those that begin with the family name, stay as they are. */
export function sortNameOf(name: string[]): string {
  const full = name.join(" ");
  if (name.length < 2 || isFamilyFirst(name) || name.some((word) => ARABIC.test(word))) return full;
  if (/^[JS]r\.$/.test(name.at(-1)!)) return `${sortNameOf(name.slice(0, -1))}, ${name.at(-1)}`;
  const at = name.findIndex((word, i) => i > 0 && PARTICLE.test(word));
  const cut = at > 0 ? at : name.length - 1;
  return `${name.slice(cut).join(" ")}, ${name.slice(0, cut).join(" ")}`;
}
