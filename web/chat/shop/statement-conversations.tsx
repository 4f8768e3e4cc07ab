import { signedCredits, unitLabel } from '../../api/credits.js';
import type { Statement, StatementConversation } from '../../api/shop-objects.js';
import { formatCount } from '../layout/format.js';
import { LedgerTable } from '../layout/ledger-table.js';
import { routeHash } from '../layout/route.js';
import { text } from '../texts/texts.js';

/** What each conversation cost with each model in a month; nothing if no chat was charged. */
export function StatementConversations({ conversations }: Pick<Statement, 'conversations'>) {
  if (conversations.length === 0) return null;
  return (
    <section aria-labelledby="statement-conversations-title">
      <h2 id="statement-conversations-title">{text('statement.conversations')}</h2>
      <LedgerTable
        name={text('statement.conversations')}
        columns={[text('statement.conversation'), text('statement.model')]}
        amounts={[text('statement.replies'), unitLabel()]}
        className="spent"
      >
        <tbody>
          {conversations.map((each) => (
            <tr key={`${each.conversation_id ?? ''} ${each.model}`}>
              <td className="title">
                <ConversationLink {...each} />
              </td>
              <td>{each.model}</td>
              <td className="amount">{formatCount(each.count)}</td>
              <td className="amount">{signedCredits(each.amount)}</td>
            </tr>
          ))}
        </tbody>
      </LedgerTable>
      {conversations.length >= 100 && <p className="quiet">{text('statement.dearest')}</p>}
    </section>
  );
}

function ConversationLink({ conversation_id: id, title }: StatementConversation) {
  if (id === null) return text('statement.noConversation');
  if (title === null) return text('statement.erased');
  return (
    <a dir="auto" href={routeHash({ name: 'conversation', id })}>
      {title}
    </a>
  );
}
