import { AppUpdate } from './offline/update.svelte.ts';
import { startRecorder } from './pipeline/recorder.ts';
import { startPage } from './ui/start.ts';

const update = new AppUpdate();
startPage(startRecorder(), update);
update.register();
