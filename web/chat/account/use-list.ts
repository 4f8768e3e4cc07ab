import { useEffect, useState } from 'react';
import { useTask, type Task } from '../form/use-task.js';

/** Reads a list from the server when it is first shown, after each `change`, and whenever `version` changes. */
export function useList<Item>(
  read: () => Promise<Item[]>,
  version = 0,
): {
  items: readonly Item[];
  task: Task;
  change: (request: () => Promise<void>) => void;
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
  const change = (request: () => Promise<void>) => {
    run(async () => {
      await request();
      await load();
    });
  };
  return { items, task, change };
}
