/** Titles, ranks and honorifics that stand before a name, or are said of its bearer. */
const TITLE = `
  minister president premier chancellor king queen prince princess emperor sheikh sultan emir crown senator congressman congresswoman
  representative governor mayor ambassador envoy consul attache spokesman spokeswoman spokesperson spokespeople admiral general
  brigadier colonel major captain lieutenant commander sergeant marshal chairman chairwoman chairperson chair chief director
  commissioner leader judge justice professor adviser advisor speaker pope archbishop bishop cardinal patriarch imam ayatollah rabbi
  reverend rev father sir lord lady dame baroness baron shri mr mrs ms miss dr prof hon excellency gen lt col maj capt cmdr adm sgt
  sen rep gov amb secretary undersecretary diplomat official deputy head coordinator negotiator counterpart lawyer attorney
  prosecutor analyst expert researcher scientist economist historian author journalist reporter correspondent editor founder
  member manager coach candidate activist lawmaker legislator mp mep treasurer comptroller rapporteur delegate vice-president
  ceo cfo inspector officer detective superintendent constable sheriff resident student teacher doctor nurse farmer fellow
  strategist executive organizer organiser attorney-general secretary-general keeper warden foreman governor-general statesman
  pastor priest rival nominee taoiseach tánaiste vice pilot survivor owner worker engineer principal dean
`;
const TITLES = new Set(TITLE.trim().split(/\s+/));

/** Words that belong to a title before or after its noun: `Foreign Minister`, `Secretary of State`. */
const PORTFOLIO = `
  foreign defence defense prime interior exterior finance financial justice health trade energy education homeland security treasury
  commerce labor labour agriculture transport transportation tourism culture environment external internal home national state affairs
  development planning information communications science technology water fisheries fish tides vice deputy first former acting
  assistant under permanent special personal senior chief press house senate majority minority opposition party government military
  army navy naval air force police white us uk un eu nato american british ex interim caretaker honorary executive associate managing
  supreme high federal regional district city county cabinet presidential democratic republican congressional parliamentary union
  attorney solicitor inspector major lieutenant brigadier rear
`;
export const PORTFOLIOS = new Set(PORTFOLIO.trim().split(/\s+/));

/** Words of names of organizations, which people's names don't have. */
const ORGANIZATION = `
  house ministry department council committee party union nations bank watch agency office association organization organisation fund
  group forces army police court parliament senate congress commission corporation company university institute college school network
  news times post journal press television tv radio kremlin pentagon bureau board authority embassy foundation alliance movement front
  federation league society administration government cabinet center centre club service services command staff team international
  republic kingdom states state assembly conference summit convention treaty act agreement programme program project initiative
  republicans democrats conservatives street hall palace tribunal guard corps mission secretariat delegation coalition campaign
  airlines airways church museum library hospital inc ltd corp llc co plc industries holdings partners monthly daily weekly review
  magazine today tribune herald gazette guardian telegraph reuters bloomberg cnn bbc fox nbc abc cbs afp twitter facebook
  war day island islands sea river mountain city county province region district valley strait gulf ocean peninsula bay lake coast
  airport port square road avenue bridge north south east west northern southern eastern western central middle
`;
export const ORGANIZATIONS = new Set(ORGANIZATION.trim().split(/\s+/));

/** Words that begin sentences with a capital and are no part of a name. */
const FUNCTION = `
  a an the this that these those he she it they we i you his her its their our my your who what when where why how which while as at
  by for from in into of on onto off to up with without after before since until during about above across against along among around
  behind below beneath beside between beyond despite down except following inside like near over past through throughout under unlike
  upon within and but or nor so yet if then than also however meanwhile moreover furthermore additionally although though because
  unless whether both either neither each every some any all no not none many most much more few several another other others such
  one two three four five six seven eight nine ten hundreds thousands there here now today yesterday tomorrow earlier later last next
  asked according speaking addressing responding referring commenting writing monday tuesday wednesday thursday friday saturday
  sunday january february march april june july august september october november december asia europe africa america
  only just even still once again soon recently finally indeed perhaps instead thus hence therefore nevertheless nonetheless
  yes well ok okay let do does did is are was were be been being have has had can could may might must shall should will would
  following asked born citing noting adding saying warning given because having being former ex new
`;
export const FUNCTION_WORDS = new Set(FUNCTION.trim().split(/\s+/));

/** Nouns of descriptions of speakers, besides titles: `the ministry`, `officials`, `the statement`. */
const SPEAKING = `
  ministry department government office embassy council commission committee party group organization organisation agency statement
  report letter resolution communique communiqué document source sources aide aides authorities authority court army military police
  company union association institute newspaper paper agency news house kremlin readout post tweet message declaration text
  delegation delegations parties sides countries people men women man woman leaders critics supporters protesters demonstrators
  observers media press release administration campaign team bureau board body panel mission secretariat bloc alliance
  complaint filing lawsuit brief memo email study survey article editorial banner sign note witness witnesses relative relatives
  family brother sister mother father son daughter wife husband widow friend neighbour neighbor colleague counsel jury crowd
  town city state village board opponents rivals convention rebels fighters operative operatives insiders veteran voter voters democrat democrats republican republicans
`;
export const SPEAKING_NOUNS = new Set(SPEAKING.trim().split(/\s+/));

/** Titles that are surnames as well. */
export const ALSO_SURNAMES = new Set(
  "king prince bishop judge pope coach major baron marshal dean cardinal fellow farmer engineer chancellor abbot head".split(
    " ",
  ),
);

/** Returns whether a word is a title of one person: before a name, `ministers` is none. */
export function isOneTitle(word: string): boolean {
  const plain = word.toLowerCase().replace(/\.$/, "");
  return TITLES.has(plain) || TITLES.has(plain.split("-")[0]!);
}

/** Returns whether a word is a title, in the plural too. */
export function isTitle(word: string): boolean {
  const plain = word
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/['’]s?$/u, "");
  return (
    TITLES.has(plain) || TITLES.has(plain.replace(/s$/, "")) || TITLES.has(plain.split("-")[0]!)
  );
}
