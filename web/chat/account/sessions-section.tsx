import { api } from '../api/api.js';
import { ProblemNotice } from '../form/notice.js';
import { useDesk } from '../layout/desk.js';
import { useStore } from '../layout/store.js';
import { moment } from '../layout/words.js';
import { deviceOf } from './device.js';
import { useList } from './use-list.js';

export function SessionsSection() {
  const { sessionsChanged } = useDesk();
  const { items, task, changing } = useList(api.sessions, useStore(sessionsChanged));
  return (
    <section aria-labelledby="sessions-title">
      <h2 id="sessions-title">Signed-in devices</h2>
      <ul className="things">
        {items.map((session) => (
          <li key={session.id}>
            <div>
              <strong>{deviceOf(session.user_agent)}</strong>
              {session.current && <span className="badge good">this one</span>}
              <p className="quiet">
                Signed in {moment(session.created_at)}, last used {moment(session.last_used_at)}
              </p>
            </div>
            {!session.current && (
              <button
                type="button"
                className="button small"
                aria-label={`Sign out ${deviceOf(session.user_agent)}, last used ${moment(session.last_used_at)}`}
                onClick={() => {
                  changing(() => api.endSession(session.id));
                }}
              >
                Sign out
              </button>
            )}
          </li>
        ))}
      </ul>
      {items.length > 1 && (
        <button
          type="button"
          className="button small"
          onClick={() => {
            changing(api.endOtherSessions);
          }}
        >
          Sign out everywhere else
        </button>
      )}
      {task.problem !== null && <ProblemNotice problem={task.problem} />}
    </section>
  );
}
