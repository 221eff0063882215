/** Verbs that say that someone said something, in the past tense of memoranda, and in the present. */
const VERBS =
  `said|says|stated|states|asked|asks|replied|replies|responded|responds|answered|remarked|observed|noted|added|adds|commented|explained|explains|declared|emphasi[sz]ed|stressed|
  underlined|underscored|pointed out|suggested|suggests|proposed|inquired|enquired|wondered|indicated|mentioned|referred|reiterated|repeated|recalled|reported|told|informed|assured|reassured|
  expressed|voiced|urged|insisted|maintained|argued|contended|asserted|affirmed|reaffirmed|agreed|disagreed|concurred|acknowledged|admitted|conceded|confirmed|concluded|described|summari[sz]ed|
  warned|cautioned|complained|objected|protested|thanked|opined|interjected|interrupted|interposed|requested|predicted|promised|clarified|elaborated|volunteered|denied|advised|recommended|counsell?ed|
  speculated|claimed|alleged|charged that|apologi[sz]ed|congratulated|countered|retorted|rejoined|outlined|reviewed|cited|quoted|announced|disclosed|revealed|commended|praised|specified|remonstrated|demurred|
  joked|quipped|exclaimed|testified|appealed|welcomed|raised|posed|put forward|brought up|spoke|spelled out|set forth|touched on|alluded|related|recounted|characteri[sz]ed|criticized|ventured|submitted that|
  invited|expounded|took issue|took the occasion|took the opportunity|solicited|named|listed|noted down|entered the \\w{1,30} by \\w{1,30}ing|opened (?:his|her|the) (?:\\w{1,30} )?\\w{1,30} (?:on|with|by)|analy[sz]ed|estimated that|called attention|drew attention|drew the \\S{1,40} attention|called the \\S{1,40} attention|took the (?:position|line|view)|made (?:it )?(?:clear|plain)|made (?:the|a|two|three|several|some|another) (?:\\w{1,30} )?(?:points?|observations?|comments?|remarks?|statements?|suggestions?|proposals?)|made reference|put the question|
  gave it as his (?:view|opinion)|gave (?:it as )?his (?:view|opinion|assurance)|wanted to know|wished to know|asked to know|begged|pleaded|pressed|queried|questioned|hinted|implied that|intimated|conveyed|reminded|corrected|challenged|rejected the|continued|went on|proceeded to (?:say|explain|describe|outline|state)|
  (?:began|opened|started|closed|ended|concluded|led off|initiated)(?: (?:the|his|this|their) \\w{1,30})?(?: \\w{1,30})? by \\w{1,30}ing|opened the (?:conversation|meeting|discussion)|began (?:to say|his)`
    .split("\n")
    .map((line) => line.trim())
    .join("");
const ADVERB =
  "then|also|again|further|furthermore|next|now|first|later|finally|too|however|thereupon|therefore|still|only|merely|just|simply|himself|herself|once (?:more|again)|at (?:this|that|the) (?:point|juncture|time|end|outset)|in (?:reply|response|turn|answer|conclusion|closing|summary|summing up|passing|return|fact|addition)(?: to [^,.;]{1,80})?|for (?:his|her) part|on (?:his|her) part|on the other hand|immediately|\\p{Ll}{2,20}ly|with (?:a smile|some \\w{1,30}|great \\w{1,30})|smiling|laughing";
const SAYING = new RegExp(
  `^(?:,?\\s*(?:and )?(?:${ADVERB}),?\\s+){0,3}(?<verb>${VERBS})(?![\\p{L}-])`,
  "u",
);
/** What may stand between the speaker and the verb: `, the French Minister,`, `(in English)`. */
const ASIDE = /^(?:\s*\([^()]{1,80}\)|\s*\[[^[\]]{1,80}\])?(?:,\s[^.;:?!“”"]{2,120}?,(?=\s))?/u;
/** Verbs whose object is the one spoken to. */
const TO =
  /^(?:told|informed|assured|reassured|asked|reminded|thanked|advised|warned|congratulated|urged|requested|interrupted|invited)\s+/;

/** A verb of saying, and where the words after it begin. */
export interface Saying {
  verb: string;
  /** Offset of what follows the verb, in the text after the speaker. */
  after: number;
  /** Whether the one spoken to may follow. */
  takesHearer: boolean;
}

/** Finds the verb of saying that follows the words for a speaker; null if another one does, or none. */
export function sayingIn(rest: string): Saying | null {
  const aside = ASIDE.exec(rest)![0];
  for (const skip of new Set([aside, ""])) {
    const tail = rest.slice(skip.length);
    const lead = /^\s*/.exec(tail)![0];
    const match = SAYING.exec(tail.slice(lead.length));
    if (!match) continue;
    const { verb } = match.groups as { verb: string };
    const at = skip.length + lead.length + match[0].length;
    return { verb, after: at, takesHearer: TO.test(`${verb} `) };
  }
  return null;
}
