/** The CPU time of `run` in this process, in milliseconds. It does not depend on the load of the machine. */
export async function cpuTimeMs(run: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await run();
  return process.cpuUsage(before).user / 1000;
}
