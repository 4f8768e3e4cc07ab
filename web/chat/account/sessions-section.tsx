import { api } from '../api/api.js';
import { ProblemNotice } from '../form/notice.js';
import { useAppState } from '../layout/app-state.js';
import { useStore } from '../layout/store.js';
import { formatTime } from '../layout/format.js';
import { deviceName } from './device-name.js';
import { useList } from './use-list.js';
import { text } from '../texts/texts.js';

export function SessionsSection() {
  const { sessionsVersion } = useAppState();
  const { items, task, change } = useList(api.sessions, useStore(sessionsVersion));
  return (
    <section aria-labelledby="sessions-title">
      <h2 id="sessions-title">{text('sessions.title')}</h2>
      <ul className="things">
        {items.map((session) => (
          <li key={session.id}>
            <div>
              <strong>{deviceName(session.user_agent)}</strong>
              {session.current && <span className="badge good">{text('sessions.this')}</span>}
              <p className="quiet">
                {text('sessions.times', {
                  signedIn: formatTime(session.created_at),
                  lastUsed: formatTime(session.last_used_at),
                })}
              </p>
            </div>
            {!session.current && (
              <button
                type="button"
                className="button small"
                aria-label={text('sessions.signOutOf', {
                  device: deviceName(session.user_agent),
                  lastUsed: formatTime(session.last_used_at),
                })}
                onClick={() => {
                  change(() => api.endSession(session.id));
                }}
              >
                {text('sessions.signOut')}
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
            change(api.endOtherSessions);
          }}
        >
          {text('sessions.signOutOthers')}
        </button>
      )}
      {task.problem !== null && <ProblemNotice problem={task.problem} />}
    </section>
  );
}
