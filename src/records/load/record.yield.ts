import { setImmediate as nextTurn } from "node:timers/promises";

/** The longest time to block the event loop. */
const MAX_BLOCK_MS = 2;

/** Returns a function that yields to the event loop when due, so that another batch can be written meanwhile. */
export function createYielder(): () => Promise<void> | undefined {
  let began = performance.now();
  const yieldIfDue = async () => {
    await nextTurn();
    began = performance.now();
  };
  return () => (performance.now() - began < MAX_BLOCK_MS ? undefined : yieldIfDue());
}
