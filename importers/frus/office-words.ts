import { slugOf } from "../records.js";
import { strip } from "./strings.js";

/** Words of offices, agencies and the like, lower-case: what follows the last of them may be a name. */
const OFFICE = new Set(
  `a abroad elect designate general academy acting ad adm admin administration administrative administrator advisory advisor adviser advisers advisors aeronautical affairs
  affaires afrique afternoon agency agencies agricultural agriculture aid aide aide-de-camp air alternate amb ambassador ambassador-at-large ambassador-designate
  ambassadors american an and announcer apostolic archbishop area armaments armed arms army assembly assistance assistant asst at atomic attaché attache
  attorney authority bank banking bishop board branch brigade budget bureau business by cabinet canal captain-regent cardinal central chairman chairwoman
  chamber chancellor chancery charge chargé chief chiefs civil clerk co-chairman college colonies command commandant commerce commercial commission commissioner
  committee committees communications communist company comptroller conference congress congressional congressman congresswoman consul consul-general consulate
  consultant controller cooperation coordination coordinator coordinators corp corporation corps council counsel counsellor counselor counselor-designate
  counsellors counselors country court crown cultural culture customs d’affaires d'affaires defence defense delegate delegates delegation democratic dep department depart
  deputy desk designate designee development dir direction director director-general directorate disarmament division doctor drafting duke east eastern economic economics
  editor editor-in-chief education educational emb embassy emergency emeritus emissary emperor energy envoy european exchange exec executive export external
  extraordinary far federal federation finance financial first food for force forces foreign former fourth from fund fon fonsecy fonsec gen-secretary general-designate
  general-secretary german-austrian gov government governor graduate group groups guard head headquarters health high his her home house housing human i.e in inc
  incoming industrial industry inspector institute intelligence inter-american interdepartmental interest interests interim interior internal international interpretation interpreter
  interpreters interpreting investment joint journalist judge judicial jurist justice king labor labour language large latin law league leader left legal legation legislation legislative
  liaison liberation local logistics majesty major-domo majority management manager marine marines maritime marshal mayor media member members mil military
  mines min minister minister-counselor minister-counsellor minister-designate minister-delegate ministerial ministers ministry minority mission monetary movement munitions mutual national
  nations naval navy near negotiating negotiation negotiations negotiator news northeast northern northwest note notetaker notetakers note-taker observer of off office
  officer officer-in-charge offices official officials oil on opposition operations organization organizations overseas pacific parliament parliamentary parliamentarian part party patriarch peace permanent personal
  personnel petroleum philosophy plan planning plans plenipotentiary police policy political politburo politico-military polit pope port post power premier pres presidency president president-elect
  presidential press primate prime prince princess principal private privy production professor program programs project prosecutor protocol provincial public publisher
  queen ranking recorder recording red refugee region regional relations reporter reporting rep repr representative representatives representing republic republican research reserve resident resources
  revolutionary roving science scientific second secretariat sen senators cong congressmen asst dep secretaries secretary secretary-designate secretary-general secy sec security senate senator senior service services seventh shah
  side sixth social society solicitor south southeast southeastern southern southwest soviet space speaker special specialist speechwriter spokesman staff state states
  stenographer strategic student sub-committee subcommittee sultan sultanate superintendent supply support supreme taker task team technical telecommunications territory the theater third
  to trade trades training transition translator transport transportation travel treasurer treasury treaty trust trusteeship under undersecretary undersecretary-general union unit united
  university us usa vice vice-chairman vice-president vice-premier vice-minister vizier war welfare west western white with workers working works world youth activities associates associate church center centre club committees countries foundation industries newspapers orthodox sciences section society subcommittee syndicate technology times european-american bloc students nsc cia prc ussr un oas nato jcs dod usun acda mfa osd usia fco kgb`.split(
    /\s+/,
  ),
);

/** Forms of address and ranks, which stand before a name and are no office. */
const ADDRESS = new Set(
  `generalissimo adm admiral archimandrite baron baroness brig brigadier brother capt captain cdr cmdr col colonel comdr commander commodore comrade count dame dato datuk dr
  excellency father fr gen general hajji hon honorable honourable he h.e. hm hrh hsh lady lieut lieutenant lord lt ltc ltg ltcol ltgen madam madame maj major marquis master mgr miss mlle mme monsignor mr mrs
  ms msgr m prof radm rear rev reverend right rt sayyid sergeant sgt sheik sheikh shaikh sir sister sr squadron group-captain vadm viscount wing honble messrs mssrs his her the field marshal`.split(
    /\s+/,
  ),
);

/** Words of offices that a name may follow at once: `Under Secretary of State Floe`. */
const HEADS = new Set(
  `adviser advisor affairs agriculture aide amb ambassador ambassador-at-large ambassador-designate archbishop assistant attaché attache attorney bishop cardinal chairman chancellor
  charge chargé chief clerk commandant commerce commissioner congressman congresswoman consul coordinator counsel counsellor counselor counselor-designate d’affaires d'affaires defence defense delegate
  deputy designate designee director director-general editor emissary emperor envoy general gov governor head inspector intelligence interior interpreter judge justice king labor large leader
  marshal mayor member min minister minister-counselor minister-designate nations negotiator notetaker observer officer official politics pope premier pres president president-elect press prince princess
  professor prosecutor queen recorder rep representative sec secretary secretary-designate secretary-general secy sen senator senators congressmen representatives ambassadors ministers secretaries shah speaker specialist spokesman state states
  stenographer sultan superintendent taker transportation treasurer treasury undersecretary us vice-chairman vice-minister vice-premier vice-president`.split(
    /\s+/,
  ),
);
/** Words of offices that are surnames, too. */
const SURNAMES =
  /^(?:baron|bishop|branch|brother|case|chamberlain|chambers|churchill|clerk|college|day|duke|earl|east|field|force|ford|forest|hand|house|judge|justice|king|law|lord|major|marshal|marshall|master|mayor|mission|north|page|pope|post|price|prince|reporter|sharp|south|speaker|sterling|times|trade|ward|west|west|white|wing|wood|work|works|young)[,.]?$/i;

const NAME_PARTICLE =
  /^(?:al|bin|ibn|bint|el|de|del|della|la|las|le|les|los|da|das|di|do|dos|du|van|von|der|den|ten|ter|ben|ya|y|e|abu|ould|zu|and)$/i;
const NAME_WORD =
  /^(?:\p{Lu}[\p{L}\p{M}.’'‘`ʻ–-]*|(?:al|el|es|as|ad|ash|de|d|l)[-’']\p{Lu}[\p{L}’'-]*|_{2,})$/u;
/** After a name, and part of it or of its honours. */
const SUFFIX = /^(?:Jr|Sr|II|III|IV)\.?$/;

/** Returns a word as the tables have it. */
function plain(word: string): string {
  return strip(word.toLowerCase(), '(“"[)”,.:;]');
}

/** Returns whether a word is one of an office: `Secretary`, `of`. */
export function isOfficeWord(word: string): boolean {
  const it = plain(word);
  // An initial: `David A. Floe`.
  if (/^(?:\p{Lu}\.)+$/u.test(word) && !/^U\.[SNK]\./.test(word)) return false;
  if (/^\p{L}{3,}-\p{L}+/u.test(it) && it.split("-").every((one) => OFFICE.has(one))) return true;
  return (
    OFFICE.has(it) || OFFICE.has(it.replace(/[’']s$/, "")) || OFFICE.has(it.replace(/\./g, ""))
  );
}

/** Returns whether a word is a form of address or a rank: `Mr.`, `General`; `M.` is one only as the first word. */
export function isAddress(word: string, at = 1): boolean {
  const it = plain(word);
  if (at > 0 && /^\p{Lu}\.$/u.test(word)) return false;
  return ADDRESS.has(it) || ADDRESS.has(it.replace(/\./g, ""));
}

/** Returns whether a name may follow a word of an office at once. */
export function mayLeadName(word: string): boolean {
  const it = plain(word);
  if (/^(?:the|his|her)$/.test(it)) return false;
  return (
    HEADS.has(it) ||
    word === "M." ||
    /^(?:H\.)?E\.$/.test(word) ||
    HEADS.has(it.replace(/\./g, "")) ||
    isAddress(word) ||
    (/^\p{Lu}{2,6}$/u.test(word) && OFFICE.has(it)) ||
    (it.includes("-") && HEADS.has(it.split("-").at(-1)!))
  );
}

/** Returns whether a word of an office is a surname after a forename or a form of address: `Mr. White`. */
export function isSurnameToo(word: string): boolean {
  return SURNAMES.test(word);
}

/** Returns whether a word can be part of a name: capital first, an initial or a particle. */
export function isNameWord(word: string): boolean {
  return NAME_WORD.test(strip(word, '“”"(),')) || NAME_PARTICLE.test(word) || SUFFIX.test(word);
}

/** Returns whether a word is a particle of names: `de`, `bin`. */
export function isParticle(word: string): boolean {
  return NAME_PARTICLE.test(word);
}

/** Returns whether a word is what follows a name: `Jr.` */
export function isSuffix(word: string): boolean {
  return SUFFIX.test(word);
}

/** Returns whether words are the sign of a bureau: `NEA`, `EUR/SES`, `S/S`, `ARA–LA/PAN`. */
export function isBureau(text: string): boolean {
  return /^\p{Lu}{1,6}\d?(?:[/:.–-]\p{Lu}{1,6})*$/u.test(text) && !/^(?:I{1,3}|IV)$/.test(text);
}

/** The kinds of offices by which memoranda speak of people: "the Secretary", "the Ambassador". */
export type OfficeName =
  | "PRESIDENT"
  | "VICE_PRESIDENT"
  | "PRIME_MINISTER"
  | "DEPUTY_PRIME_MINISTER"
  | "FOREIGN_MINISTER"
  | "DEPUTY_FOREIGN_MINISTER"
  | "DEFENSE_MINISTER"
  | "MINISTER"
  | "SECRETARY"
  | "ACTING_SECRETARY"
  | "DEPUTY_SECRETARY"
  | "UNDER_SECRETARY"
  | "ASSISTANT_SECRETARY"
  | "SECRETARY_GENERAL"
  | "OTHER_SECRETARY"
  | "AMBASSADOR"
  | "CHARGE"
  | "COUNSELOR"
  | "CHAIRMAN"
  | "VICE_CHAIRMAN"
  | "SENATOR"
  | "CONGRESSMAN"
  | "ATTORNEY_GENERAL"
  | "GOVERNOR"
  | "MONARCH"
  | "ARCHBISHOP"
  | "COMMISSIONER"
  | "DIRECTOR"
  | "GENERAL"
  | "ADMIRAL"
  | "INTERPRETER";

/** Patterns over folded words; the first that fits a part of a title says what it is. */
const KINDS: readonly (readonly [OfficeName | null, RegExp])[] = [
  ["INTERPRETER", /^(?:.*\b)?interpreter$/],
  [
    null,
    /\b(?:assistant|adviser|advisor|aide|special assistant|secretary|counsel|press secretary|staff|emissary|representative|brother|son|interpreter) (?:to|of) (?:the )?(?:president|vice president|secretary|under secretary|prime minister|premier|minister|foreign minister|foreign secretary|deputy secretary|chairman|ambassador|p m|pm|king|cabinet)\b/,
  ],
  ["VICE_PRESIDENT", /\bvice president\b|^v pres\b|^vp\b/],
  ["PRIME_MINISTER", /\b(?:president|chairman) of (?:the )?council of ministers\b/],
  ["DEPUTY_PRIME_MINISTER", /\b(?:deputy|vice) (?:prime minister|premier)\b|^(?:dpm|vp)\b/],
  [
    "PRIME_MINISTER",
    /\bprime min(?:ister)?\b|\bpremier\b|\bchancellor\b|^pm\b|\bhead of government\b/,
  ],
  [
    "PRESIDENT",
    /\bpres(?:ident)?\b(?! (?:of )?(?:the )?(?:world )?(?:bank|ibrd|company|corporation|university|inc|congress|senate|party|general assembly))/,
  ],
  [
    "DEPUTY_FOREIGN_MINISTER",
    /\b(?:deputy|vice|assistant) (?:for|foreign) minister\b|\b(?:deputy|vice|assistant) minister (?:of|for) (?:foreign|external)\b|^(?:vm|vfm|dfm)\b/,
  ],
  [
    "FOREIGN_MINISTER",
    /\b(?:foreign|external affairs|fon|for) (?:minister|min|secretary|secy|commissioner)\b|\bminister(?: of state)? (?:of|for) (?:foreign|external)\b|\bfon ?sec(?:y)?\b|\b(?:commissioner|secretary)(?: of state)? (?:of|for) (?:foreign|external)\b|^fm\b|^fornmin\b/,
  ],
  [
    "DEFENSE_MINISTER",
    /\b(?:defense|defence) minister\b|\bminister (?:of|for) (?:national )?(?:defense|defence)\b/,
  ],
  ["SECRETARY_GENERAL", /\b(?:secretary|secy|sec) ?-?gen(?:eral)?\b|\bgeneral secretary\b/],
  ["DEPUTY_SECRETARY", /\bdep(?:uty)? sec(?:retary|y)?\b/],
  ["UNDER_SECRETARY", /\bunder ?-?sec(?:retary|y)?\b|\bundersecretary\b/],
  ["ASSISTANT_SECRETARY", /\bass(?:istan|s)?t sec(?:retary|y)?\b/],
  [
    "OTHER_SECRETARY",
    /\b(?:first|second|third|private|press|executive|personal|permanent|staff|social|appointments|home|colonial|party) sec(?:retary|y)?\b|\bsec(?:retary|y)? (?:to|of|for) (?:the )?(?:cabinet|premier|president|prime|delegation|pres|ambassador|p m|defense|treasury|commerce|agriculture|interior|labor|army|navy|air|health|transportation|energy|external|communist|party|central)\b/,
  ],
  ["ACTING_SECRETARY", /\bacting sec(?:retary|y)?(?: of state)?\b/],
  [
    "SECRETARY",
    /\bsec(?:retary|y)?(?: of state)?(?: (?:designate|elect))?$|^sec(?:retary|y)?(?: of state)?\b|\bsecretary of state\b/,
  ],
  ["CHARGE", /\bcharge(?: d ?affaires)?\b/],
  ["AMBASSADOR", /\bamb(?:assador)?s?\b|\bpermanent representative\b/],
  ["COUNSELOR", /\bcounsell?or\b/],
  ["MINISTER", /\bmin(?:ister)?\b/],
  ["VICE_CHAIRMAN", /\b(?:vice|deputy) chairman\b|^vc\b/],
  ["CHAIRMAN", /\bchairman\b/],
  ["SENATOR", /\bsen(?:ator)?s?\b/],
  ["CONGRESSMAN", /\bcongress(?:wo)?m[ae]n\b|^rep(?:resentative)?s?$/],
  ["ATTORNEY_GENERAL", /\battorney general\b/],
  ["GOVERNOR", /\bgov(?:ernor)?\b/],
  ["MONARCH", /\b(?:king|queen|shah|sultan|emperor|amir|emir|prince|majesty|highness)\b/],
  ["ARCHBISHOP", /\b(?:arch)?bishop\b|\bbeatitude\b/],
  ["COMMISSIONER", /\bcommissioner\b/],
  ["DIRECTOR", /\bdirector\b/],
  ["GENERAL", /\b(?:general|gen|colonel|col|major|maj)\b/],
  ["ADMIRAL", /\b(?:admiral|adm)\b/],
];

/** Returns what kind of office a title or a part of one is; null if it is none of these. */
export function officeNamed(title: string): OfficeName | null {
  const words = slugOf(title.slice(0, 300)).replace(/-/g, " ");
  return KINDS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}
