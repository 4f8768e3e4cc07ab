const tickMs = 10;

/**
 * Measures a time in milliseconds, without the time in which a busy machine did not run this process: a late tick counts
 * as one tick. Returns a function that stops the measurement and returns the time.
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
