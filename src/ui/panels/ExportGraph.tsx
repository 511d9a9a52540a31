/** The graph on show as a file: a format, and a button that saves it. */
import { useState } from 'react';
import { problemOf } from '../../base/result.ts';
import { isStale } from '../client/pane.ts';
import { useController } from '../client/context.ts';
import { useView } from '../state/store.ts';

function save({ name, type, text }: { readonly name: string; readonly type: string; readonly text: string }): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has its own hold on the text as soon as it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

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
