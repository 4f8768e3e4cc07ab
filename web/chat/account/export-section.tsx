import { api } from '../api/api.js';
import { saveFile } from '../../api/save-file.js';
import { ProblemNotice } from '../form/notice.js';
import { useTask } from '../form/use-task.js';
import { text } from '../texts/texts.js';

export function ExportSection() {
  const task = useTask();
  return (
    <section aria-labelledby="export-title">
      <h2 id="export-title">{text('export.title')}</h2>
      <p>{text('export.about')}</p>
      <button
        type="button"
        className="button"
        onClick={() => {
          task.run(download);
        }}
      >
        {task.isBusy ? text('form.busy') : text('export.submit')}
      </button>
      {task.problem !== null && <ProblemNotice problem={task.problem} />}
    </section>
  );
}

async function download(): Promise<void> {
  saveFile(await api.exportAccount(), 'metered-chat-export.json');
}
