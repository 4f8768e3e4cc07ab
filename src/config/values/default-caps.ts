import * as v from 'valibot';
import { defaultCapProblems, type DefaultCap } from '../../domain/metering/cap.js';
import { windowLengths } from '../../domain/metering/window.js';

const message = `must be caps such as 500/day,5000/month: whole numbers, each for ${windowLengths.join(', ')}`;

/** Caps such as `500/day,5000/month`, one at most for each window. */
export const defaultCaps = v.pipe(
  v.string(),
  v.transform((text) => text.split(',').map((part) => part.trim())),
  v.array(
    v.pipe(
      v.string(),
      v.regex(new RegExp(`^\\d{1,16}/(?:${windowLengths.join('|')})$`), message),
      v.transform((text): DefaultCap => {
        const [limit = '', name = ''] = text.split('/');
        const window = windowLengths.find((length) => length === name) ?? 'total';
        return { window, limit: Number(limit) };
      }),
    ),
  ),
  v.rawCheck(({ dataset, addIssue }) => {
    const [problem] = dataset.typed ? defaultCapProblems(dataset.value) : [];
    if (problem !== undefined) addIssue({ message: `is invalid: ${problem}` });
  }),
);
