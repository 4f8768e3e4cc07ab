/** The path of the page of a conversation. */
export function conversationPath(userId: string, conversationId: string): string {
  return `/conversations/${encodeURIComponent(userId)}/${encodeURIComponent(conversationId)}`;
}
