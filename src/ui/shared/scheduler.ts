/** The one animation loop of the page. It runs while somebody needs it and rests otherwise. */
export type FrameTask = (now: number) => void;

export interface Scheduler {
  /** Run once on the next frame; asking twice is asking once. */
  once(task: FrameTask): void;
  /** Run on every frame until stopped. */
  every(task: FrameTask): () => void;
}

export function createScheduler(request: (task: FrameTask) => unknown): Scheduler {
  let pending = new Set<FrameTask>();
  const standing = new Set<FrameTask>();
  let running = false;
  const tick = (now: number) => {
    // Standing tasks move the time; what they ask to be redrawn is drawn in the same frame.
    for (const task of standing) task(now);
    const due = pending;
    pending = new Set();
    for (const task of due) task(now);
    running = standing.size > 0 || pending.size > 0;
    if (running) request(tick);
  };
  const wake = () => {
    if (running) return;
    running = true;
    request(tick);
  };
  return {
    once(task) {
      pending.add(task);
      wake();
    },
    every(task) {
      standing.add(task);
      wake();
      return () => standing.delete(task);
    },
  };
}

export const scheduler = createScheduler((task) => requestAnimationFrame(task));
