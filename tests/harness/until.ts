import { setTimeout as sleep } from "node:timers/promises";

/** Waits until the condition holds, 30 s at most. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const began = Date.now(); !(await isSo()); await sleep(20)) {
    if (Date.now() - began > 30_000) throw new Error(`did not hold within 30 s: ${String(isSo)}`);
  }
}
