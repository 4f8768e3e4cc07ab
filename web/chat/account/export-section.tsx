import { api } from '../api/api.js';
import { saveFile } from '../../api/save-file.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';

export function ExportSection() {
  const task = useTask();
  return (
    <section aria-labelledby="export-title">
      <h2 id="export-title">Your data</h2>
      <p>All data of your account in one JSON file.</p>
      <button
        type="button"
        className="button"
        onClick={() => {
          task.run(download);
        }}
      >
        {task.isBusy ? 'One moment …' : 'Download my data'}
      </button>
      {task.problem !== null && <ProblemNotice problem={task.problem} />}
    </section>
  );
}

async function download(): Promise<void> {
  saveFile(await api.exportAccount(), 'metered-chat-export.json');
}
