import { setTimeout as sleep } from "node:timers/promises";

/** Waits until it is so, 30 s at most. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const began = Date.now(); !(await isSo()); await sleep(20)) {
    if (Date.now() - began > 30_000) throw new Error("it did not come to it within 30 s");
  }
}
