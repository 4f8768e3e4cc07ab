import { UserLink } from '../ui/user-link.js';
import { useUsername } from './use-username.js';

/** A link to the page of a user whose name is not in the record. */
export function UserLinkById({ id }: { id: string | null }) {
  const { username, isLoading } = useUsername(id);
  return isLoading ? <span>…</span> : <UserLink id={id} username={username} />;
}
