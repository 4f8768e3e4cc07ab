/**
 * How much of this process's work `run` takes. Unlike the time on the clock it does not depend on what else the
 * machine is doing.
 */
export async function cpuTimeMs(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  return process.cpuUsage(before).user / 1000;
}
