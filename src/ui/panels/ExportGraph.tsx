/** The graph on show as a file: a format, and a button that saves it. */
import { useState } from 'react';
import { problemOf } from '../../base/result.ts';
import { isStale } from '../client/pane.ts';
import { useController } from '../client/context.ts';
import { save } from '../shared/save.ts';
import { useView } from '../state/store.ts';

export function ExportGraph() {
  const controller = useController();
  const formats = useView((s) => s.catalogue)?.graphFormats ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const format = chosen ?? formats[0]?.id;
  const asked = async () => {
    if (format === undefined) return;
    setBusy(true);
    try {
      save(await controller.ask('exportGraph', { format }));
    } catch (error) {
      if (!isStale(error)) useView.getState().problemMet(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="export-graph">
      <select className="field" aria-label="File format" value={format ?? ''} onChange={({ target }) => setChosen(target.value)}>
        {formats.map(({ id, title }) => (
          <option key={id} value={id}>
            {title}
          </option>
        ))}
      </select>
      <button type="button" className="button" disabled={busy} onClick={() => void asked()}>
        Export graph
      </button>
    </div>
  );
}
