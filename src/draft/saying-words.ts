/** Verbs of saying by their infinitives; those with `!` are also said of things that are no speech, and only count beside a quotation. */
const REGULAR = `
  accept! accuse! acknowledge add address! admit advise! affirm agree allege announce answer appeal! applaud! argue ask assert assure attest
  bemoan! blame! blast! boast call! caution challenge! chant characterize! characterise! charge! cite! claim clarify comment
  commend! complain concede conclude condemn! confess confirm congratulate! contend continue! counter counsel! credit! criticize!
  criticise! cry decide! declare decry! defend! demand denounce! deny deplore! depict! deride! describe! detail! disclose discuss! dismiss!
  dispute! echo! elaborate emphasize emphasise encourage! end! estimate! exclaim explain express! finish! gush hail! hint inform
  insist instruct! interject intone invite! invoke! joke lament laugh! lecture! liken! list! maintain mention message! mock! mourn!
  muse mutter note object observe offer! open! opine order! outline pledge plead point! post praise! predict press! proclaim profess
  promise pronounce question! propose protest provide! quip quote! rail! rant rate! read! reaffirm reason reassure recall recite! reckon recommend
  recount refer! refuse! regret! reiterate reject! relate remark remember! remind repeat reply report request respond reveal roar salute!
  scoff scream share! shout sigh signal! slam! sneer snap speculate specify state stress submit! suggest summarize! summarise! surmise
  sympathize tell testify text! thank! theorize threaten! tout! tweet underline underscore urge use! utter venture! voice! volunteer vow
  wail warn weigh! welcome! whisper wonder worry! yell advocate! highlight reflect! assess! characterise! convey
`;

/** Forms that the rules of spelling don't give. */
const IRREGULAR = `
  say says said saying; think! thinks! thought! thinking!; write writes wrote written writing; speak! speaks! spoke! speaking!;
  find! finds! found!; identify! identifies! identified!; commit! commits! committed!; hear! hears! heard!; hold! holds! held!; feel! feels! felt!; 
  tell tells told telling; read! reads! reading!; submit! submits! submitted! submitting!; swear swears swore swearing;
  decry! decries! decried! decrying!; deny denies denied denying; cry cries cried crying; reply replies replied replying;
  specify specifies specified specifying; clarify clarifies clarified clarifying; testify testifies testified testifying;
  admit admits admitted admitting; quip quips quipped quipping; slam! slams! slammed! slamming!; snap snaps snapped snapping;
  refer! refers! referred! referring!; regret! regrets! regretted! regretting!; plan! plans! planned!; quote! quotes!;
  shot! fired! chimed!; believe! believes! believed! believing!; teach! taught!; begin! begins! began! beginning!; conclude concludes concluded concluding
`;

/** A verb of saying in a text. */
export interface SayingVerb {
  start: number;
  end: number;
  word: string;
  /** Whether it only indicates speech beside a quotation. */
  isWeak: boolean;
}

const FORMS = new Map<string, boolean>();
for (const entry of REGULAR.trim().split(/\s+/)) {
  const isWeak = entry.endsWith("!");
  for (const form of formsOf(entry.replace("!", ""))) FORMS.set(form, isWeak);
}
for (const entry of IRREGULAR.trim().split(/[\s;]+/))
  FORMS.set(entry.replace("!", ""), entry.endsWith("!"));

function formsOf(verb: string): string[] {
  if (verb.endsWith("e")) return [verb, `${verb}s`, `${verb}d`, `${verb.slice(0, -1)}ing`];
  const third = /(?:s|sh|ch|x|z)$/.test(verb) ? `${verb}es` : `${verb}s`;
  return [verb, third, `${verb}ed`, `${verb}ing`];
}

/** Words before which a form is a noun or an adjective: `the report`, `his demands`, `reported losses`. */
const BEFORE_NOUN =
  /(?:^|[\s(])(?:the|are|were|a|an|his|her|its|their|our|my|your|this|these|those|any|some|no|such|of|in|for|on|with|by|from|under|into|about|without|more|many|several|(?!(?:he|she|it|who|that|what|there)['’])\p{L}+['’]s|s['’]|\p{L}+ly-|new|recent|earlier|official|public|joint|own|first|second|last|latest)\s+$/iu;
const BEFORE_GERUND = /(?:^|[\s(])(?:the|a|an|his|her|its|their|our)\s+$/iu;
const NOUNS =
  /^(?:accounts?|addresse?s?|answers?|appeals?|calls?|challenges?|charges?|claims?|comments?|counters?|credits?|cry|cries|demands?|details?|disputes?|echoes|estimates?|finish|hints?|holds?|joke?s?|labels?|lists?|messages?|notes?|objects?|offers?|orders?|pledges?|points?|posts?|praise|press|promises?|protests?|questions?|quotes?|reasons?|reports?|requests?|regrets?|remarks?|shares?|signals?|stress|states?|texts?|thanks?|thoughts?|threats?|tweets?|uses?|voices?|vows?|voice|wonders?|worries|meeting|reading|saying|beginning|speaking|ends?|plans?|tells?|feeling|teaching|holding|brands?|cites?|open|rates?|reflects?|salutes?|counsels?|volunteers?|ventures?|mentions?|replies|reply|recalls?|rants?|rails?|laughs?)$/u;

/** Finds the verbs of saying in a part of a masked text. */
export function verbsOfSaying(masked: string, start: number, end: number): SayingVerb[] {
  const verbs: SayingVerb[] = [];
  for (const { 0: word, index } of masked
    .slice(start, end)
    .matchAll(/(?<![\p{L}\p{N}'’-])\p{Ll}+(?![\p{L}\p{N}-]|['’]\p{L})/gu)) {
    const isWeak = FORMS.get(word);
    if (isWeak === undefined) continue;
    const at = start + index;
    const before = masked.slice(Math.max(0, at - 24), at);
    const isNoun = word.endsWith("ing") ? BEFORE_GERUND : BEFORE_NOUN;
    if ((NOUNS.test(word) || /ed$|ing$/.test(word)) && isNoun.test(before)) continue;
    if (
      /^calls?$|^called$/.test(word) &&
      /^\s+(?:on|for|upon)\s/.test(masked.slice(at + word.length, at + word.length + 6))
    )
      continue;
    verbs.push({ start: at, end: at + word.length, word, isWeak });
  }
  return verbs;
}

/** Words that stand between a subject and its verb. */
const BETWEEN =
  /(?:^|\s)(?:also|has|have|had|then|later|further|furthermore|earlier|recently|repeatedly|once|always|often|never|only|just|again|even|simply|was|were|is|are|been|be|being|would|will|could|can|may|might|must|should|did|does|do|not|both|all|once|still|now|meanwhile|however|therefore|instead|too|today|yesterday|tonight|previously|reportedly|quoted|cited|as|went|on|to|nevertheless|nonetheless|in\s{1,3}turn|(?:on\s{1,3})?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)$/u;

/** Returns how long such a word at the end of a text is, with the blank before and the comma after it; 0 if there is none. */
export function lengthOfBetween(text: string): number {
  const bare = text.trimEnd().replace(/,$/u, "").trimEnd();
  const found = BETWEEN.exec(bare);
  if (found) return text.length - found.index;
  let start = bare.length;
  while (start > 0 && !/\s/u.test(bare[start - 1]!)) start--;
  // `recently`, `angrily`
  return /^\p{L}+ly$/u.test(bare.slice(start)) ? text.length - Math.max(start - 1, 0) : 0;
}
