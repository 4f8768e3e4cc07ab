import { SetupError } from '../../domain/setup-error.js';

const reasons: Record<string, string> = {
  ENOTDIR: 'it, or a part of its path, is a file, not a folder',
  EEXIST: 'it is a file, not a folder',
  ENOENT: 'a part of its path is missing, or is a broken link',
  EACCES: 'this user cannot read and write it',
  EPERM: 'this user cannot read and write it',
  EROFS: 'its file system is read-only',
  ENOSPC: 'its file system is full',
  EDQUOT: 'the quota of this user is used up',
  ENAMETOOLONG: 'its path is too long',
  ELOOP: 'its links form a loop',
  EOPNOTSUPP: 'its file system does not support sockets',
  ENOTSUP: 'its file system does not support sockets',
  ENXIO: 'it cannot be opened',
  EMFILE: 'this process has too many files open',
};

/** Converts a system error about a data folder to a SetupError. Returns any other error unchanged. */
export function folderError(folder: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code];
  if (reason === undefined) return error;
  const user = process.getuid?.();
  const who = code === 'EACCES' && user !== undefined ? ` (the user id is ${user})` : '';
  return new SetupError(
    `The data folder ${folder} cannot be used: ${reason}${who}. Set DATA_DIR to a folder that this user can write.`,
    { cause: error },
  );
}
