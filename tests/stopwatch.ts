const tickMs = 10;

/**
 * Starts to measure how long something takes, without the time in which a busy machine kept this process from running:
 * a tick that comes late counts as much as one that is in time. Returns what reads the milliseconds so far; the first
 * reading stops it.
 */
export function stopwatch(): () => number {
  let ms = 0;
  const timer = setInterval(() => {
    ms += tickMs;
  }, tickMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    return ms;
  };
}
