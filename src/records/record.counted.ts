/** Returns a count with its noun, as people read it: `1 item`, `2,000 items`. `several` is the plural, if irregular. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
}
