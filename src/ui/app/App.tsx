/** The window: header, left panel, graph over the transport bar, inspector, dock. */
import { lazy, Suspense, useEffect } from 'react';
import { useController } from '../client/context.ts';
import { ByHand } from '../console/ByHand.tsx';
import { EntityGrid } from '../graph/EntityGrid.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { exerciseOf } from '../guide/documents.ts';
import { useExercise } from '../guide/useExercise.ts';
import { ImportDialog } from '../panels/ImportDialog.tsx';
import { Palette } from '../palette/Palette.tsx';
import { LeftPanel } from '../panels/LeftPanel.tsx';
import { ShortcutSheet } from '../panels/ShortcutSheet.tsx';
import { useView } from '../state/store.ts';
import { Timeline } from '../timeline/Timeline.tsx';
import { ActMenu } from '../whatif/ActMenu.tsx';
import { SendTo } from '../whatif/SendTo.tsx';
import { Branches } from '../whatif/Branches.tsx';
import { Announcer } from './Announcer.tsx';
import { Divider } from './Divider.tsx';
import { Dock } from './Dock.tsx';
import { Header } from './Header.tsx';
import { Notices } from './Notices.tsx';
import { ShareDialog } from './ShareDialog.tsx';

/** Cytoscape is the largest part by far and comes in a chunk of its own. */
const Graph = lazy(() => import('../graph/Graph.tsx').then((module) => ({ default: module.Graph })));

/** Its text is long, and a first scene has none of it. */
const Guide = lazy(() => import('../guide/Guide.tsx').then((module) => ({ default: module.Guide })));

const isFileDrag = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** A file dropped anywhere is opened. */
function useDrop(): void {
  const controller = useController();
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (isFileDrag(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (!isFileDrag(event)) return;
      event.preventDefault();
      const file = event.dataTransfer?.files[0];
      if (file) controller.openFile(file);
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
    };
  }, [controller]);
}

export function App() {
  useDrop();
  useExercise();
  // Every tooltip names its key.
  useView((s) => s.keys);
  const panels = useView((s) => s.panels);
  const dialog = useView((s) => s.dialog);
  const importing = useView((s) => s.importing);
  const tall = useView((s) => s.panels[s.dock === 'lab' ? 'lab' : 'dock'].size);
  const guide = useView((s) => s.guide);
  const isExercise = useView((s) => exerciseOf(s.scene?.scenario) !== undefined);
  const { left, right, dock } = panels;
  const leftSize = guide ? panels.guide.size : left.size;
  return (
    <div
      className="window"
      style={{
        gridTemplateColumns: `${left.open ? leftSize : 0}px minmax(0, 1fr) ${right.open ? right.size : 0}px`,
        gridTemplateRows: `48px minmax(0, 1fr) 64px auto ${dock.open ? tall : 0}px`,
      }}
    >
      <Header />
      {left.open && (
        <div className="place-left">
          {guide ? (
            <Suspense fallback={<section aria-label="Guide" className="region" />}>
              <Guide name={guide} />
            </Suspense>
          ) : (
            <LeftPanel isExercise={isExercise} />
          )}
          <Divider panel={guide ? 'guide' : 'left'} />
        </div>
      )}
      <main className="place-graph">
        <Suspense fallback={<section aria-label="Graph" className="graph" />}>
          <Graph />
        </Suspense>
        <ByHand />
        <EntityGrid />
        <Notices />
      </main>
      <Timeline />
      <Branches />
      {right.open && (
        <div className="place-right">
          <Inspector />
          <Divider panel="right" />
        </div>
      )}
      {dock.open && <Dock />}
      {dialog === 'shortcuts' && <ShortcutSheet />}
      {dialog === 'palette' && <Palette />}
      {dialog === 'share' && <ShareDialog />}
      {importing && <ImportDialog />}
      <ActMenu />
      <SendTo />
      <Announcer />
    </div>
  );
}
