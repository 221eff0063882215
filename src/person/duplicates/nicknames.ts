/** Given names with their short forms in common use, and a name's forms in other languages; a line is one name. */
const FORMS = `
  abraham abe
  albert al bert
  alexander aleksandr alex alec sandy alejandro alexandre
  alfred al fred
  andrew andy drew andrei andre andrzej andreas andres
  anthony tony anton antony antonio antoine
  arthur art
  benjamin ben
  bernard bernie bernardo
  charles charlie chuck chas carlos karl carl
  christopher chris
  cornelius neil
  daniel dan danny
  david dave
  donald don
  douglas doug
  dwight ike
  edward ed eddie ted ned
  edmund ed
  elizabeth liz beth betty elisabeth
  eugene gene
  francis frank francisco francois franz
  franklin frank
  frederick fred freddie friedrich frederic
  george georges jorge georg georgi giorgios
  gerald jerry gerry
  gregory greg grigory
  harold hal harry
  henry harry hank henri heinrich enrique enrico
  herbert herb bert
  james jim jimmy jamie
  jacob jake
  jeffrey jeff
  john jack johnny jon ivan juan jean johann giovanni
  jonathan jon
  joseph joe josef jose yosef iosif josip
  joshua josh
  katherine kate kathy katie catherine
  kenneth ken
  lawrence larry laurence
  leonard len leo
  louis lou luis lewis
  margaret maggie peggy meg
  martin marty
  matthew matt
  michael mike mick mikhail miguel michel
  nathaniel nat nate
  nicholas nick nikolai nicolas
  patrick pat paddy
  paul pavel pablo
  peter pete petr pedro pierre pyotr
  philip phil phillip philippe
  raymond ray
  rebecca becky
  reginald reg reggie
  richard dick rick rich ricardo
  robert bob bobby rob robbie roberto
  ronald ron ronnie
  samuel sam
  sidney sid
  stanley stan
  stephen steve steven stephan stefan esteban etienne
  stuart stu stewart
  susan sue
  theodore ted teddy theo teodoro
  thomas tom tommy tomas
  timothy tim
  victor vic viktor
  vincent vince
  walter walt
  william bill billy will willy guillermo guillaume wilhelm
  zachary zach
`;

const NAMES = new Map<string, Set<number>>();
for (const [i, line] of FORMS.trim().split("\n").entries())
  for (const form of line.trim().split(" ")) NAMES.set(form, (NAMES.get(form) ?? new Set()).add(i));

/** Returns whether two given names (as `wordsOf` gives them) are forms of one: `bill` and `william`. */
export function areFormsOfOneName(one: string, other: string): boolean {
  const others = NAMES.get(other);
  return others !== undefined && [...(NAMES.get(one) ?? [])].some((name) => others.has(name));
}

/** Returns a given name's longest established form, to find its other forms by; the name itself if it is not in the table. */
export function formsOf(name: string): string[] {
  return [...(NAMES.get(name) ?? [])].map((line) => `form ${line}`);
}
