import { useRef, useState } from 'react';
import { toProblem, type Problem } from '../../api/problem.js';

/** The state of a request that runs once at a time. */
export interface Task {
  isBusy: boolean;
  isDone: boolean;
  problem: Problem | null;
  run: (work: () => Promise<void>) => void;
}

export function useTask(): Task {
  const [state, setState] = useState<Omit<Task, 'run'>>({ isBusy: false, isDone: false, problem: null });
  const isRunning = useRef(false);
  const work = async (task: () => Promise<void>) => {
    isRunning.current = true;
    setState({ isBusy: true, isDone: false, problem: null });
    try {
      await task();
      setState({ isBusy: false, isDone: true, problem: null });
    } catch (error) {
      setState({ isBusy: false, isDone: false, problem: toProblem(error) });
    } finally {
      isRunning.current = false;
    }
  };
  const run = (task: () => Promise<void>) => {
    if (!isRunning.current) void work(task);
  };
  return { ...state, run };
}
