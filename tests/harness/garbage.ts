import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");

/** Collects all garbage, so that what is measured next is what is kept, whenever the garbage collector would have run by itself. */
export const collectGarbage = runInNewContext("gc") as () => void;
