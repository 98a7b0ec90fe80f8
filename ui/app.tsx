/** The page: who and how it is on top, always; beneath it the view that the address names. */
import type { ComponentType } from 'preact';
import { type View, view } from './address.ts';
import { fresh } from './live-values.ts';
import { ExportDialog } from './panel/export-dialog.tsx';
import { Footer } from './panel/footer.tsx';
import { Header } from './panel/header.tsx';
import { MarkDialog } from './panel/mark-dialog.tsx';
import { NoController } from './panel/no-controller.tsx';
import { Notices } from './panel/notices.tsx';
import { ReplayBar } from './panel/replay-bar.tsx';
import { Shortcuts } from './panel/shortcuts.tsx';
import { SkipLink, ViewSaid } from './panel/skip-link.tsx';
import { ViewNav } from './panel/view-nav.tsx';
import { unheard } from './session.ts';
import { ChannelsView } from './view/channels.tsx';
import { CycleView } from './view/cycle.tsx';
import { LiveView } from './view/live.tsx';
import { MachineView } from './view/machine.tsx';
import { OperateView } from './view/operate.tsx';
import { StudyView } from './view/study.tsx';

const SHOWN: Record<View, ComponentType> = {
  live: LiveView,
  channels: ChannelsView,
  cycle: CycleView,
  machine: MachineView,
  operate: OperateView,
  study: StudyView,
};

export function App() {
  if (unheard.value) return <NoController />;
  const Shown = SHOWN[view.value];
  return (
    <div class={`page ${fresh.value ? '' : 'stale'}`}>
      <SkipLink />
      <ReplayBar />
      <Header />
      <ViewNav />
      <Notices />
      <ViewSaid />
      <Shown />
      <Footer />
      <MarkDialog />
      <ExportDialog />
      <Shortcuts />
    </div>
  );
}
