import { SetupError } from '../../domain/setup-error.js';

const reasons: Record<string, string> = {
  ENOTDIR: 'it, or a part of its path, is a file and not a folder',
  EEXIST: 'it is a file and not a folder',
  ENOENT: 'a part of its path is missing, or leads nowhere',
  EACCES: 'this user may not read and write there',
  EPERM: 'this user may not read and write there',
  EROFS: 'its file system is read-only',
  ENOSPC: 'its file system is full',
  EDQUOT: 'the quota of this user is used up',
  ENAMETOOLONG: 'its path is too long',
  ELOOP: 'its links lead in a circle',
  EOPNOTSUPP: 'its file system has no sockets',
  ENOTSUP: 'its file system has no sockets',
  ENXIO: 'it cannot be opened',
  EMFILE: 'this process has too many files open',
};

/** What an operator must change about a data folder, or the error as it is if that is not what it is about. */
export function folderError(folder: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code];
  if (reason === undefined) return error;
  const user = process.getuid?.();
  const who = code === 'EACCES' && user !== undefined ? ` (the user id is ${user})` : '';
  return new SetupError(
    `The data folder ${folder} cannot be used: ${reason}${who}. Set DATA_DIR to a folder that this user may write.`,
    { cause: error },
  );
}
