import type { MeteredCall } from './metered-call.js';
import type { StreamPart } from './language-model.js';

/**
 * Passes a stream on as it is, at the pace of its reader, and ends the hold of its call once: before the part that ends the
 * reply is passed on, when the stream fails, or when its reader leaves.
 */
export function meterStream(
  source: ReadableStream<StreamPart>,
  call: MeteredCall,
): ReadableStream<StreamPart> {
  const reader = source.getReader();
  const { ending } = call;
  const { signal } = ending;
  let isOver = false;
  let onAbort = doNothing;
  const finish = () => {
    isOver = true;
    signal.removeEventListener('abort', onAbort);
    ending.detach();
  };
  const leave = async (reason: unknown) => {
    finish();
    // Not awaited: a stream that was cut off may never end.
    reader.cancel(reason).catch(doNothing);
    await call.leave();
  };
  const endHold = async (part: StreamPart) => {
    call.reply.add(part);
    if (part.type === 'error') await call.fail();
    if (part.type === 'finish') await call.finish(part);
  };
  return new ReadableStream<StreamPart>(
    {
      start(controller) {
        onAbort = () => {
          const stop = (reason: unknown) => {
            controller.error(reason);
          };
          leave(signal.reason).then(() => {
            stop(signal.reason);
          }, stop);
        };
        if (signal.aborted) onAbort();
        else signal.addEventListener('abort', onAbort, { once: true });
      },
      async pull(controller) {
        try {
          const next = await reader.read();
          if (isOver) return;
          if (!next.done) {
            await endHold(next.value);
            controller.enqueue(next.value);
            return;
          }
          finish();
          await call.fail();
          controller.close();
        } catch (error) {
          // The caller left, which has ended the stream.
          if (isOver) return;
          finish();
          reader.cancel(error).catch(doNothing);
          await call.fail();
          throw error;
        }
      },
      async cancel(reason) {
        if (isOver) return;
        const left = leave(reason);
        ending.abort(reason);
        // A hold that cannot be ended now ends by itself.
        await left.catch(doNothing);
      },
    },
    // Nothing is read before the reader asks for it.
    { highWaterMark: 0 },
  );
}

function doNothing(): void {
  // What a stream does after its end is ignored.
}
