import { setImmediate as others } from "node:timers/promises";

/** Longer than so many milliseconds nobody else is kept waiting. */
const AT_A_TIME_MS = 2;

/** Gives the processor, now and then, to what waits for it: the connection that is writing another batch. */
export function pauses(): () => Promise<void> | undefined {
  let began = performance.now();
  const pause = async () => {
    await others();
    began = performance.now();
  };
  return () => (performance.now() - began < AT_A_TIME_MS ? undefined : pause());
}
