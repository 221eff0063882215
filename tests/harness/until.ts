import { setTimeout as sleep } from "node:timers/promises";

/** Waits until it is so, 10 s at most. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const began = Date.now(); !(await isSo()); await sleep(20)) {
    if (Date.now() - began > 10_000) throw new Error("it did not come to it within 10 s");
  }
}
