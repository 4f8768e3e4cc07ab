import { useEffect, useState } from 'react';
import { useTask, type Task } from '../form/use-task.js';

/**
 * A short list of the server's, read when it is shown, and again after each change here and whenever `version` is
 * another one.
 */
export function useList<Item>(
  read: () => Promise<Item[]>,
  version = 0,
): {
  items: readonly Item[];
  task: Task;
  changing: (change: () => Promise<void>) => void;
} {
  const [items, setItems] = useState<readonly Item[]>([]);
  const task = useTask();
  const { run } = task;
  const load = async () => {
    setItems(await read());
  };
  useEffect(() => {
    run(load);
  }, [version]);
  const changing = (change: () => Promise<void>) => {
    run(async () => {
      await change();
      await load();
    });
  };
  return { items, task, changing };
}
